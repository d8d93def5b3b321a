// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.score.Night;
import org.digitrecognizer.jobs.score.Scans;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An output that someone has taken rows from says so at the next run. */
class SumCheckTest {

  @TempDir private Path directory;
  private Night night;

  @BeforeAll
  static void startSpark() {
    TestSpark.session();
    SmallModel.trained();
  }

  @BeforeEach
  void scoreOnce() throws IOException {
    night = new Night(directory);
    night.put("a.zip", Scans.zip(Scans.pngs(0, 9)));
    night.put("b.png", new byte[0]);
    night.put("c.png", new byte[0]);
    night.score().succeeded();
  }

  private List<Path> published(String kind) throws IOException {
    try (Stream<Path> files = Files.walk(night.output().resolve(kind))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).toList();
    }
  }

  private void isFound(String message) throws IOException {
    night.score().failedWith("digits score: " + message);
    assertThat(night.json("status.json").get("state").asText()).isEqualTo("FAILED");
    assertThat(night.json("status.json").get("message").asText()).isEqualTo(message);
    night.score("--overwrite").succeeded();
    assertThat(night.predictions()).hasSizeGreaterThanOrEqualTo(9);
  }

  private static String damaged(Path file, String what) {
    return "file:%s %s; the output is damaged: put the file back, choose a new --output, or pass"
            .formatted(file, what)
        + " --overwrite to score all of it again";
  }

  @Test
  void aRowLessIsFound() throws IOException {
    Path file = published("predictions").get(0);
    Path copy = directory.resolve("copy");
    TestSpark.session()
        .read()
        .parquet(file.toString())
        .limit(8)
        .coalesce(1)
        .write()
        .parquet(copy.toString());
    try (Stream<Path> parts = Files.list(copy)) {
      Path part =
          parts
              .filter(name -> name.getFileName().toString().matches("part-.*\\.parquet"))
              .findFirst()
              .orElseThrow();
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    long length =
        night.json("_commits/batch=0/chunk=0.json").at("/value/predictions/file/length").asLong();
    isFound(
        damaged(
            file,
            "has %d bytes, not the %d that were written".formatted(Files.size(file), length)));
  }

  @Test
  void aFileLessIsFound() throws IOException {
    Path file = published("rejected").get(0);
    Files.delete(file);
    night.put("d.zip", Scans.zip(Scans.pngs(20, 3)));
    isFound(damaged(file, "is missing"));
  }

  @Test
  void aRecordLessIsFound() throws IOException {
    night.forget("_commits/batch=0/", "chunk=0.json");
    isFound(damaged(night.output().resolve("_commits/batch=0/chunk=0.json"), "is missing"));
  }

  @Test
  void aFileMoreIsFound() throws IOException {
    Path file = published("predictions").get(0);
    Path again = Files.copy(file, file.resolveSibling("again.parquet"));
    isFound(damaged(again, "is no file of this output"));
  }
}
