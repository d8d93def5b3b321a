// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.DyingFileSystem;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.reading.EarlyModel;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.review.AuditSize;
import org.digitrecognizer.scan.ScanLimits;
import org.digitrecognizer.storage.OutputLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that fails leaves, and what it says. */
class FailedRunTest {

  @TempDir private Path directory;
  private Night night;

  @BeforeEach
  void archive() throws IOException {
    night = new Night(directory);
    night.put("a.tgz", Scans.pack("gz", Scans.tar(Scans.pngs(0, 3))));
  }

  @AfterEach
  void live() {
    DyingFileSystem.live();
  }

  private JsonNode status() throws IOException {
    return new ObjectMapper().readTree(night.output().resolve("status.json").toFile());
  }

  /** A console that breaks as no exception does, once what is to be read is looked for. */
  private static PrintWriter broken() {
    return new PrintWriter(Writer.nullWriter()) {
      private boolean isBroken;

      @Override
      public void println(String line) {
        if (!isBroken && line.startsWith("Listing ")) {
          isBroken = true;
          throw new StackOverflowError("as deep as it goes");
        }
      }
    };
  }

  @Test
  void anErrorIsTheEndOfARunLikeAnException() throws IOException {
    ScoreOptions options =
        new ScoreOptions(
            night.archives().toString(),
            new org.apache.hadoop.fs.Path(SmallModel.trained().toUri()),
            null,
            new org.apache.hadoop.fs.Path(night.output().toUri()),
            null,
            null,
            null,
            100,
            ArchiveLimits.DEFAULT,
            ScanLimits.DEFAULT,
            CutLimits.DEFAULT,
            0.001,
            SiteOptions.NONE,
            false,
            AuditSize.NONE,
            0,
            false,
            false);
    assertThatThrownBy(
            () ->
                Scorer.run(
                    TestSpark.session(), options, EarlyModel.open(options.model(), null), broken()))
        .isInstanceOf(StackOverflowError.class);
    assertThat(status().get("state").asText()).isEqualTo("FAILED");
    assertThat(status().get("message").asText()).contains("as deep as it goes");
    assertThat(night.output().resolve("_lock.json")).doesNotExist();
  }

  @Test
  void whatKeepsARunFromBeginningIsSaidToo() throws IOException {
    night.score().succeeded();
    night.forgetRuns();
    night.forget("_commits/batch=0/", "chunk=0.json");
    String line = night.score().failed();
    assertThat(line).contains("_commits/batch=0/chunk=0.json is missing");
    assertThat(status().get("state").asText()).isEqualTo("FAILED");
    assertThat(line).contains(status().get("message").asText());
  }

  @Test
  void theOldOutputStaysUntilTheNewOneIsWhole() throws IOException {
    DyingFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    score("dying:").succeeded();
    night.put("b.png", Scans.png(4));
    DyingFileSystem.dieRenamingTo("_next/rejected/_common_metadata");
    score("dying:", "--overwrite").failed();
    DyingFileSystem.live();

    assertThat(night.predictions())
        .as("the old readings")
        .extracting(row -> row.<String>getAs("archive"))
        .hasSize(3)
        .allMatch(archive -> archive.endsWith("a.tgz"));
    assertThat(night.output().resolve("report/index.html")).exists();
    Files.deleteIfExists(night.output().resolve("_lock.json"));
    score("dying:").succeeded();
    assertThat(night.predictions())
        .as("the new readings")
        .extracting((Row row) -> row.<String>getAs("entry"))
        .hasSize(4)
        .contains("b.png");
    assertThat(night.output().resolve("_next")).doesNotExist();
  }

  private CommandRun score(String scheme, String... more) {
    String[] args = {
      "score",
      "--archives",
      night.archives().toString(),
      "--model",
      SmallModel.trained().toString(),
      "--output",
      scheme + night.output()
    };
    return CommandRun.digits(
        java.util.stream.Stream.concat(java.util.Arrays.stream(args), java.util.Arrays.stream(more))
            .toArray(String[]::new));
  }

  @Test
  void anOutputThatIsLockedIsNotVerified() throws IOException {
    night.score().succeeded();
    FileSystem fs = FileSystem.getLocal(new Configuration());
    org.apache.hadoop.fs.Path output = new org.apache.hadoop.fs.Path(night.output().toUri());
    try (OutputLock run = OutputLock.acquire(fs, output)) {
      assertThat(night.score("--verify").failed())
          .contains("is being written to by a run (process " + ProcessHandle.current().pid())
          .endsWith("; verify when it, or the next one, has come to its end");
      run.requireHeld();
    }
    night.score("--verify").succeeded();
  }
}
