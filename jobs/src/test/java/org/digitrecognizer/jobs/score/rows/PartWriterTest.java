// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PartWriterTest {

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message row { required binary source (UTF8); required int64 number; }");

  /** Bytes in which the first page's header stands, which no checksum covers. */
  private static final int FIRST_HEADER = 64;

  @TempDir private java.nio.file.Path directory;

  /** A dictionary of what hardly repeats costs time, and is thrown away in the end. */
  @Test
  void onlyWhatRepeatsHasADictionary() throws IOException {
    Path file = new Path(directory.resolve("pictures.parquet").toUri());
    Configuration configuration = new Configuration();
    try (PartWriter writer = new PartWriter(file, configuration)) {
      for (int i = 0; i < 100; i++) {
        Group row = new SimpleGroup(OutputRows.PICTURES);
        row.append("source", "a.zip#" + i).append("archive", "a.zip").append("ordinal", (long) i);
        row.append("digit", i % 10).append("confidence", i / 100.0);
        row.addGroup("probabilities").addGroup("list").append("element", i / 100f);
        row.append("picture", Binary.fromConstantByteArray(new byte[] {(byte) i}));
        writer.write(row);
      }
    }
    Map<String, Boolean> dictionaries = new HashMap<>();
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, configuration))) {
      for (ColumnChunkMetaData column : reader.getFooter().getBlocks().get(0).getColumns()) {
        dictionaries.put(column.getPath().toDotString(), column.hasDictionaryPage());
      }
    }
    assertThat(dictionaries)
        .contains(entry("archive", true), entry("digit", true))
        .contains(
            entry("source", false),
            entry("ordinal", false),
            entry("confidence", false),
            entry("probabilities.list.element", false),
            entry("picture", false));
  }

  /** Where a page's header says that it is longer, Parquet's decoder of Snappy never ends. */
  @Test
  @Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readingAFileWithAnyBitChangedEnds() throws IOException {
    Path file = new Path(directory.resolve("rows.parquet").toUri());
    Configuration configuration = new Configuration();
    configuration.set("parquet.page.verify-checksum.enabled", "true");
    try (PartWriter writer = new PartWriter(file, configuration)) {
      for (int i = 0; i < 100; i++) {
        Group row = new SimpleGroup(SCHEMA);
        row.add("source", "archive.zip#" + i % 7 + ".png");
        row.add("number", (long) i * i);
        writer.write(row);
      }
    }
    Files.delete(directory.resolve(".rows.parquet.crc"));
    byte[] whole = Files.readAllBytes(directory.resolve("rows.parquet"));
    int refused = 0;
    for (int bit = 0; bit < 8 * FIRST_HEADER; bit++) {
      byte[] changed = Arrays.copyOf(whole, whole.length);
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(directory.resolve("rows.parquet"), changed);
      refused += isRead(file, configuration) ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(FIRST_HEADER);
  }

  private static boolean isRead(Path file, Configuration configuration) {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(configuration).build()) {
      while (reader.read() != null) {
        // Only whether it ends is asked.
      }
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
