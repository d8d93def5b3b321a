// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each file of an output is damaged in turn: nothing is lost, doubled or counted wrong unsaid. */
@Tag("slow")
class DamagedOutputTest {

  @TempDir private static Path directory;
  private static Night night;
  private static Path whole;
  private static List<Map<String, Object>> content;

  @BeforeAll
  static void scoreTwoNights() throws IOException {
    night = new Night(directory);
    night.put("a.zip", Scans.zip(Scans.pngs(0, 5)));
    night.put("empty.png", new byte[0]);
    night.score().succeeded();
    night.put("b.zip", Scans.zip(Scans.pngs(10, 3)));
    night.score().succeeded();
    content = night.content();
    whole = directory.resolve("whole");
    FileUtils.copyDirectory(night.output().toFile(), whole.toFile());
  }

  private interface Damage {
    void to(Path file) throws IOException;
  }

  private static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    forgetChecksum(file);
  }

  private static void changeOneBit(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length > 0) {
      bytes[bytes.length / 2] ^= 4;
    }
    Files.write(file, bytes);
    forgetChecksum(file);
  }

  private static void remove(Path file) throws IOException {
    Files.delete(file);
    forgetChecksum(file);
  }

  /** As on file systems that have none. */
  private static void forgetChecksum(Path file) throws IOException {
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  @Test
  void everyFileMissing() throws IOException {
    damageEach(DamagedOutputTest::remove);
  }

  @Test
  void everyFileCutOff() throws IOException {
    damageEach(DamagedOutputTest::cut);
  }

  @Test
  void everyFileWithOneBitChanged() throws IOException {
    List<String> noticed = damageEach(DamagedOutputTest::changeOneBit);
    assertThat(noticed).as("by --verify").hasSizeGreaterThanOrEqualTo(8);
  }

  /** Parquet's decoder of footers knows of no file. */
  @Test
  void whateverIsChangedInTheFooterOfAPlanIsExplained() throws IOException {
    FileUtils.deleteDirectory(night.output().toFile());
    FileUtils.copyDirectory(whole.toFile(), night.output().toFile());
    String name =
        files(whole).stream()
            .filter(each -> each.matches("_plan/batch=0/.*parquet"))
            .findFirst()
            .get();
    Path file = night.output().resolve(name);
    forgetChecksum(file);
    byte[] written = Files.readAllBytes(file);
    SparkSession spark = TestSpark.session();
    StructType schema = spark.read().parquet(file.toUri().toString()).schema();
    int refused = 0;
    // Before its last 8 bytes, of which four say how long it is.
    int length = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN).getInt(written.length - 8);
    for (int at = written.length - 8 - length; at < written.length; at += 61) {
      byte[] bytes = written.clone();
      bytes[at] ^= 4;
      Files.write(file, bytes);
      try {
        spark.read().schema(schema).parquet(file.toUri().toString()).collectAsList();
      } catch (Exception e) {
        refused++;
        assertThat(explained(e, spark)).as("byte %d of %d: %s", at, bytes.length, e).contains(name);
      }
    }
    assertThat(refused).isGreaterThan(10);
  }

  private static String explained(Exception failure, SparkSession spark) throws IOException {
    org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(night.output().toUri());
    FileSystem fs = root.getFileSystem(new Configuration());
    OutputLayout layout = new OutputLayout(fs.makeQualified(root));
    return Verification.explains(failure, spark, fs, layout)
        .map(UserException::getMessage)
        .orElse("nothing");
  }

  /** Returns the files whose damage {@code --verify} names. */
  private static List<String> damageEach(Damage damage) throws IOException {
    List<String> noticed = new ArrayList<>();
    for (String name : files(whole)) {
      FileUtils.deleteDirectory(night.output().toFile());
      FileUtils.copyDirectory(whole.toFile(), night.output().toFile());
      damage.to(night.output().resolve(name));
      CommandRun verified = night.score("--verify");
      if (verified.status() != 0) {
        assertThat(verified.err()).as(name).contains(name);
        noticed.add(name);
      }
      CommandRun run = night.score();
      if (run.status() != 0) {
        assertThat(run.err()).as(name).contains(name);
        assertThat(noticed).as("what a run refuses is seen by --verify").contains(name);
      } else if (!isRows(name)) {
        assertThat(night.content()).as(name).isEqualTo(content);
        assertThat(night.metrics().get("images").asInt()).as(name).isEqualTo(9);
        assertThat(run.out()).as(name).contains("Nothing new to read.");
      }
    }
    return noticed;
  }

  /** Rows that are not read this night are damaged until they are: {@code --verify} tells. */
  private static boolean isRows(String name) {
    return name.startsWith("predictions/") || name.startsWith("rejected/");
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .map(file -> root.relativize(file).toString())
          .filter(name -> !name.equals("status.json") && !name.startsWith("report/runs"))
          .sorted()
          .toList();
    }
  }
}
