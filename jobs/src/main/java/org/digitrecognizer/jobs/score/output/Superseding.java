package org.digitrecognizer.jobs.score.output;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.MessageType;

/**
 * Takes the rows of files that are read again out of the chunks that were committed before. May be
 * done again at any time: a chunk without such rows stays as it is.
 */
public final class Superseding {

  private final Configuration configuration;
  private final OutputLayout layout;
  private final OutputLock lock;
  private final FileSystem fs;
  private final CommitLog commits;
  private final String suffix;

  /**
   * @param batch in which the files are read again
   */
  public Superseding(Configuration configuration, OutputLayout layout, OutputLock lock, long batch)
      throws IOException {
    this.configuration = configuration;
    this.layout = layout;
    this.lock = lock;
    this.fs = layout.root().getFileSystem(configuration);
    this.commits = new CommitLog(fs, layout);
    this.suffix = lock.token() + batch;
  }

  /**
   * Removes rows from a chunk.
   *
   * @param archives whose rows go
   */
  public void remove(CommitRecord record, Set<String> archives) throws IOException {
    commits.publish(record);
    CommitRecord.Part predictions =
        without(
            record, record.predictions(), OutputRows.PREDICTIONS, layout.predictions(), archives);
    CommitRecord.Part rejected =
        without(record, record.rejected(), OutputRows.REJECTED, layout.rejected(), archives);
    CommitRecord rest = record.with(predictions, rejected);
    lock.requireHeld();
    if (!rest.equals(record)) {
      commits.replace(rest);
    }
    commits.publish(rest);
  }

  /** Returns what is left of a file; the same if nothing goes, null if all does. */
  private CommitRecord.Part without(
      CommitRecord record,
      CommitRecord.Part part,
      MessageType schema,
      Path kind,
      Set<String> archives)
      throws IOException {
    if (part == null) {
      return null;
    }
    Path folder = new Path(commits.staging(record.batch(), record.chunk()), kind.getName());
    Path staged = new Path(folder, "part-" + suffix + ".parquet");
    long left = copy(commits.published(record, part, kind), staged, schema, archives);
    if (left == part.rows()) {
      return part;
    }
    return left == 0
        ? null
        : new CommitRecord.Part(staged.getName(), fs.getFileStatus(staged).getLen(), left);
  }

  private long copy(Path from, Path to, MessageType schema, Set<String> archives)
      throws IOException {
    long left = 0;
    try (ParquetReader<Group> reader =
            ParquetReader.builder(new GroupReadSupport(), from).withConf(configuration).build();
        PartWriter writer = new PartWriter(to, schema, configuration)) {
      Group row;
      while ((row = reader.read()) != null) {
        if (!archives.contains(row.getString("archive", 0))) {
          writer.write(row);
          left++;
        }
      }
    }
    return left;
  }
}
