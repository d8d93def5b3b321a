// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;
import org.digitrecognizer.jobs.score.rows.GoneRows;
import org.digitrecognizer.jobs.score.rows.OutputRows;
import org.digitrecognizer.jobs.score.rows.PartWriter;
import org.digitrecognizer.storage.StagedFile;
import org.digitrecognizer.storage.StoredFile;

/**
 * The files of a chunk: one of predictions, one of rejects, with a form one of numbers, one of
 * pictures, each with row groups of its size.
 */
public final class ChunkFiles {

  private final FileSystem fs;
  private final Configuration configuration;

  public ChunkFiles(FileSystem fs, Configuration configuration) {
    this.fs = fs;
    this.configuration = configuration;
  }

  /**
   * Writes the rows of some files into one, in their order. No file is left where there are no
   * rows.
   *
   * @param parts files of one kind of rows
   * @param target the new file
   */
  public Written write(List<Path> parts, Path target) throws IOException {
    return write(parts, target, GoneRows.NONE);
  }

  /**
   * Writes the rows of some files into one, in their order, without some of them.
   *
   * @param parts files of one kind of rows
   * @param target the new file
   * @param without what is left out
   */
  Written write(List<Path> parts, Path target, GoneRows without) throws IOException {
    long unread = 0;
    long rows = 0;
    try (PartWriter writer = new PartWriter(target, configuration)) {
      for (Path part : parts) {
        try (ParquetReader<Group> reader =
            new RowsOf(HadoopInputFile.fromPath(part, configuration)).build()) {
          Group row;
          while ((row = reader.read()) != null) {
            if (!without.has(row)) {
              writer.write(row);
              rows++;
              unread += OutputRows.mayPass(row) ? 1 : 0;
            }
          }
        }
      }
    }
    return rows == 0
        ? Written.NOTHING
        : Written.of(StoredFile.of(fs, target), rows(target), unread);
  }

  /** Takes the file's configuration; the builder of a path would parse one of its own first. */
  private static final class RowsOf extends ParquetReader.Builder<Group> {

    RowsOf(InputFile file) {
      super(file);
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }

  /** Counts rows by reading what was written. */
  private long rows(Path file) throws IOException {
    try (ParquetFileReader written =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, configuration))) {
      return written.getRecordCount();
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
    StagedFile whole = new StagedFile(fs, file);
    ParquetFileWriter writer = writer(schema, whole.staged());
    writer.start();
    writer.end(Map.of());
    whole.publish();
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
