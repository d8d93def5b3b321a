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

  private void assertFound(int readings, int rejects, int images) throws IOException {
    String message =
        "file:%s holds %d readings and %d rejects, but %d images were found; someone else has"
                .formatted(night.output(), readings, rejects, images)
            + " changed it: choose a new --output, or pass --overwrite to score all of it again";
    night.score().failedWith("digits score: " + message);
    assertThat(night.json("status.json").get("state").asText()).isEqualTo("FAILED");
    assertThat(night.json("status.json").get("message").asText()).isEqualTo(message);
    night.score("--overwrite").succeeded();
    assertThat(night.predictions()).hasSizeGreaterThanOrEqualTo(9);
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
    assertFound(8, 2, 11);
  }

  @Test
  void aFileLessIsFound() throws IOException {
    for (Path file : published("rejected")) {
      Files.delete(file);
    }
    night.put("d.zip", Scans.zip(Scans.pngs(20, 3)));
    assertFound(12, 0, 14);
  }

  @Test
  void aRecordLessIsFound() throws IOException {
    night.forget("_commits/batch=0/", "chunk=0.json");
    String message =
        "file:%s was to have 9 images of batch 0, but its records are of 0; someone else has"
                .formatted(night.output())
            + " changed it: choose a new --output, or pass --overwrite to score all of it again";
    night.score().failedWith("digits score: " + message);
    night.score("--overwrite").succeeded();
    assertThat(night.predictions()).hasSize(9);
  }

  @Test
  void aFileMoreIsFound() throws IOException {
    Path file = published("predictions").get(0);
    Files.copy(file, file.resolveSibling("again.parquet"));
    assertFound(18, 2, 11);
  }
}
