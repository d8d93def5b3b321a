// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.jobs.score.rows.GoneRows;
import org.digitrecognizer.storage.OutputLock;

/**
 * Takes the rows of files that are read again out of the chunks that hold them, on executors. May
 * be done again at any time: a chunk without such rows stays as it is.
 */
public final class Superseding {

  /** Predictions, rejects, numbers and pictures. */
  private static final int KINDS = 4;

  /** In the name of a file that is left when numbers were taken out. */
  private static final String WITHOUT_NUMBERS = "-cells-";

  private final JavaSparkContext context;
  private final SerializableConfiguration configuration;
  private final OutputLayout layout;
  private final OutputLock lock;
  private final CommitLog commits;

  public Superseding(
      JavaSparkContext context,
      Configuration configuration,
      OutputLayout layout,
      OutputLock lock,
      CommitLog commits) {
    this.context = context;
    this.configuration = new SerializableConfiguration(configuration);
    this.layout = layout;
    this.lock = lock;
    this.commits = commits;
  }

  /**
   * Removes rows.
   *
   * @param records of the chunks that may hold such rows
   * @param archives whose rows go
   * @param batch in which these archives are read again
   */
  public void remove(List<CommitRecord> records, Set<String> archives, long batch)
      throws IOException {
    remove(records, new GoneRows(archives, Set.of()), "-" + batch);
  }

  /**
   * Removes numbers that are put together anew.
   *
   * @param records that may hold them
   * @param numbers what they are called
   * @param batch that puts them together
   */
  public void removeNumbers(List<CommitRecord> records, Set<String> numbers, long batch)
      throws IOException {
    remove(records, new GoneRows(Set.of(), numbers), WITHOUT_NUMBERS + batch);
  }

  /** Whether numbers of a batch may have been taken out since they were put together. */
  public static boolean mayLackNumbers(CommitRecord record) {
    return record.madeOfCells()
        && (record.numbers() == null || record.numbers().file().name().contains(WITHOUT_NUMBERS));
  }

  private void remove(List<CommitRecord> records, GoneRows rows, String suffix) throws IOException {
    List<String[]> rewrites = new ArrayList<>();
    for (CommitRecord record : records) {
      String folder = commits.staging(record.batch(), record.chunk()).toString();
      String name = "part-" + lock.token() + suffix + ".parquet";
      rewrites.add(rewrite(record, record.predictions(), layout.predictions(), folder, name));
      rewrites.add(rewrite(record, record.rejected(), layout.rejected(), folder, name));
      rewrites.add(rewrite(record, record.numbers(), layout.numbers(), folder, name));
      rewrites.add(rewrite(record, pictures(record), layout.pictures(), folder, name));
    }
    if (rewrites.isEmpty()) {
      return;
    }
    Broadcast<GoneRows> gone = context.broadcast(rows);
    SerializableConfiguration hadoop = configuration;
    context.setJobDescription("Taking out the rows of what is read again");
    try {
      List<Written> left =
          context
              .parallelize(rewrites, rewrites.size())
              .map(rewrite -> rewritten(rewrite, gone.value(), hadoop.value()))
              .collect();
      for (int i = 0; i < records.size(); i++) {
        replace(records.get(i), left.subList(KINDS * i, KINDS * (i + 1)));
      }
    } finally {
      context.setJobDescription(null);
      gone.destroy();
    }
  }

  /** Pictures may have been cleared away. */
  private CommitRecord.Part pictures(CommitRecord record) throws IOException {
    CommitRecord.Part part = record.pictures();
    Path file = part == null ? null : commits.published(record, part, layout.pictures());
    return file != null && file.getFileSystem(configuration.value()).exists(file) ? part : null;
  }

  /** From and to of a file; empty where the chunk has none of the kind. */
  private String[] rewrite(
      CommitRecord record, CommitRecord.Part part, Path kind, String folder, String name) {
    return part == null
        ? new String[0]
        : new String[] {
          commits.published(record, part, kind).toString(),
          folder + "/" + kind.getName() + "/" + name
        };
  }

  private static Written rewritten(String[] rewrite, GoneRows gone, Configuration configuration)
      throws IOException {
    if (rewrite.length == 0) {
      return Written.NOTHING;
    }
    Path target = new Path(rewrite[1]);
    return new ChunkFiles(target.getFileSystem(configuration), configuration)
        .write(List.of(new Path(rewrite[0])), target, gone);
  }

  /** The rest of a chunk: of predictions, rejects, numbers and pictures. */
  private void replace(CommitRecord record, List<Written> left) throws IOException {
    Written rejected = left.get(1);
    CommitRecord rest =
        record.with(
            left.get(0).part(),
            rejected.part(),
            left.get(2).part(),
            left.get(3).part(),
            rejected.unread());
    lock.requireHeld();
    if (rest.readings() != record.readings()
        || rest.numbersCount() != record.numbersCount()
        || rest.rejectedCount() != record.rejectedCount()) {
      commits.replace(rest);
      commits.publish(rest);
    } else {
      commits.publish(record);
    }
  }
}
