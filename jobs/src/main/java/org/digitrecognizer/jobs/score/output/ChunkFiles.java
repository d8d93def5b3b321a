package org.digitrecognizer.jobs.score.output;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;

/** Puts the parts that tasks staged into one file: a chunk becomes visible in one step. */
public final class ChunkFiles {

  private final FileSystem fs;
  private final Configuration configuration;

  public ChunkFiles(FileSystem fs, Configuration configuration) {
    this.fs = fs;
    this.configuration = configuration;
  }

  /**
   * Joins parts, in their order, without unpacking them.
   *
   * @param target the new file; none is made of no parts
   * @return what was written, its rows counted by reading it; null if there are no parts
   */
  public CommitRecord.Part join(List<String> parts, MessageType schema, Path target)
      throws IOException {
    if (parts.isEmpty()) {
      return null;
    }
    ParquetFileWriter writer = writer(schema, target);
    writer.start();
    for (String part : parts) {
      writer.appendFile(HadoopInputFile.fromPath(new Path(part), configuration));
    }
    writer.end(Map.of());
    try (ParquetFileReader written =
        ParquetFileReader.open(HadoopInputFile.fromPath(target, configuration))) {
      return new CommitRecord.Part(
          target.getName(), fs.getFileStatus(target).getLen(), written.getRecordCount());
    }
  }

  /**
   * Writes the schema where Spark looks first, so that a directory without rows still reads. It
   * never changes. Under another name first: nothing reads beside half a schema.
   */
  public void writeSchema(Path directory, MessageType schema) throws IOException {
    Path file = new Path(directory, "_common_metadata");
    if (isWhole(file)) {
      return;
    }
    Path unfinished = new Path(directory, "_unfinished_metadata");
    ParquetFileWriter writer = writer(schema, unfinished);
    writer.start();
    writer.end(Map.of());
    fs.delete(file, false);
    fs.rename(unfinished, file);
  }

  private boolean isWhole(Path file) throws IOException {
    if (!fs.exists(file)) {
      return false;
    }
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, configuration))) {
      return reader.getFooter() != null;
    } catch (IOException | RuntimeException e) {
      // Half a file, of a run that died when it began.
      return false;
    }
  }

  private ParquetFileWriter writer(MessageType schema, Path file) throws IOException {
    return new ParquetFileWriter(
        HadoopOutputFile.fromPath(file, configuration),
        schema,
        ParquetFileWriter.Mode.OVERWRITE,
        ParquetWriter.DEFAULT_BLOCK_SIZE,
        ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
        ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
        ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
        ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
  }
}
