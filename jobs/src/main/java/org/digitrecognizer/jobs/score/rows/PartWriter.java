// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.rows;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A part of a chunk's rows of one kind, as a task stages it, with the schema that its rows have. A
 * part without rows has no file.
 */
public final class PartWriter implements Closeable {

  private static final long GROUP = ParquetWriter.DEFAULT_BLOCK_SIZE;

  /** Bytes that wait in memory: pictures are many times as large as other rows. */
  private static final long PICTURES_GROUP = 8L << 20;

  /** What hardly two images have in common, beside fractions. */
  private static final Set<String> UNLIKE =
      Set.of("source", "ordinal", "entry", "pixels", "picture");

  private final Path file;
  private final Configuration configuration;
  private ParquetWriter<Group> writer;
  private long rows;

  public PartWriter(Path file, Configuration configuration) {
    this.file = file;
    this.configuration = configuration;
  }

  public void write(Group row) throws IOException {
    if (writer == null) {
      writer = open(file, (MessageType) row.getType(), configuration);
    }
    writer.write(row);
    rows++;
  }

  /** Returns the file, or null if no row was written. */
  public String fileName() {
    return rows == 0 ? null : file.toString();
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }

  static ParquetWriter<Group> open(Path file, MessageType schema, Configuration configuration)
      throws IOException {
    ExampleParquetWriter.Builder builder =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, configuration))
            .withType(schema)
            .withConf(configuration)
            // Parquet's decoder of Snappy loops for ever over a page whose header was damaged.
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(schema.containsField("picture") ? PICTURES_GROUP : GROUP)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE);
    for (ColumnDescriptor column : schema.getColumns()) {
      builder.withDictionaryEncoding(String.join(".", column.getPath()), repeats(column));
    }
    return builder.build();
  }

  /** Where values do not, a dictionary is hashed together and thrown away. */
  private static boolean repeats(ColumnDescriptor column) {
    PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
    return type != PrimitiveTypeName.FLOAT
        && type != PrimitiveTypeName.DOUBLE
        && !UNLIKE.contains(column.getPath()[0]);
  }
}
