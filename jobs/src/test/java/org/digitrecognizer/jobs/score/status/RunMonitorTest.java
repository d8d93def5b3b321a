// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.util.LongAccumulator;
import org.digitrecognizer.jobs.launch.console.Pace;
import org.digitrecognizer.jobs.launch.console.Stages;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.jobs.score.run.ImageCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What status.json says. */
class RunMonitorTest {

  private static final long RUN = 3;

  @TempDir private Path directory;
  private final LongAccumulator scored = new LongAccumulator();
  private final LongAccumulator rejected = new LongAccumulator();
  private final LongAccumulator unplanned = new LongAccumulator();
  private final StringWriter console = new StringWriter();
  private RunMonitor monitor;

  @BeforeEach
  void start() throws IOException {
    monitor = monitor(directory.resolve("status.json"));
  }

  private RunMonitor monitor(Path file) throws IOException {
    RunMonitor opened =
        new RunMonitor(
            FileSystem.getLocal(new Configuration()),
            new org.apache.hadoop.fs.Path(file.toUri()),
            new ImageCounters(scored, rejected, unplanned),
            new PrintWriter(console),
            Stages.of(new PrintWriter(console)));
    opened.run(RUN);
    return opened;
  }

  @AfterEach
  void close() {
    monitor.close();
  }

  /** Images that an earlier run has committed count neither as done nor as to be done. */
  @Test
  void doneAndTheRateGiveTheTimeLeft() throws IOException {
    monitor.scoring(plan(1200, 0), 200);
    scored.add(30);
    rejected.add(10);
    monitor.reporting(new Pace(40, 0.8));
    monitor.close();

    JsonNode status = status();
    assertThat(status.get("state").asText()).isEqualTo("REPORTING");
    assertThat(status.get("run").longValue()).isEqualTo(RUN);
    assertThat(status.get("done").longValue()).isEqualTo(40);
    assertThat(status.get("rejected").longValue()).isEqualTo(10);
    assertThat(status.get("total").longValue()).isEqualTo(1000);
    assertThat(status.get("imagesPerSecond").doubleValue()).isEqualTo(50.0);
    assertThat(status.get("secondsLeft").longValue()).as("960 more, at 50 a second").isEqualTo(19);
    assertThat(status.get("message").isNull()).isTrue();
  }

  @Test
  void pagesRaiseTheTotalAsTheyAreFound() throws IOException {
    monitor.scoring(plan(100, 0), 0);
    scored.add(2990);
    rejected.add(10);
    unplanned.add(2970);
    monitor.reporting(new Pace(3000, 30));
    monitor.close();

    assertThat(status().get("done").longValue()).isEqualTo(3000);
    assertThat(status().get("total").longValue()).isEqualTo(3070);
    assertThat(console.toString()).contains("3,000 of 3,070 images (97 %)");
  }

  @Test
  void timeLeftIsUnknownWhileSomeImagesAreNotCounted() throws IOException {
    monitor.scoring(plan(1200, 0), 0);
    monitor.scoring(plan(50, 1), 0);
    scored.add(40);
    monitor.reporting(new Pace(40, 1));
    monitor.close();

    assertThat(status().get("done").longValue()).isEqualTo(40);
    assertThat(status().get("total").isNull()).isTrue();
    assertThat(status().get("secondsLeft").isNull()).isTrue();
  }

  @Test
  void theRateOfTheReportIsTheConsolesAndTheStatus() throws IOException {
    monitor.scoring(plan(1200, 0), 0);
    scored.add(1200);
    monitor.reporting(new Pace(1200, 4));
    monitor.done();

    assertThat(console.toString()).contains("1,200 of 1,200 images (100 %), 300/s, 4 s");
    assertThat(status().get("imagesPerSecond").doubleValue()).isEqualTo(300.0);
    assertThat(status().get("secondsLeft").longValue()).isZero();
  }

  @Test
  void saysWhatGoesOnAroundTheReading() throws IOException {
    monitor.stage("Planning batch 0");
    monitor.scoring(plan(3, 0), 0);
    monitor.reporting(new Pace(0, 0));
    assertThat(console.toString().lines().toList())
        .as("a line a stage, in a log")
        .element(0)
        .isEqualTo("Planning batch 0");
    assertThat(console.toString().lines().toList())
        .last()
        .asString()
        .isEqualTo("Checking what was read and writing the report");
  }

  @Test
  void saysHowItEnded() throws IOException {
    monitor.done();
    assertThat(status().get("state").asText()).isEqualTo("DONE");
    monitor.failed("no space left");
    assertThat(status().get("state").asText()).isEqualTo("FAILED");
    assertThat(status().get("message").asText()).isEqualTo("no space left");
  }

  @Test
  void runGoesOnWhereItsStatusCannotBeWritten() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    try (RunMonitor elsewhere = monitor(file.resolve("status.json"))) {
      elsewhere.scoring(plan(5, 0), 0);
      scored.add(5);
      elsewhere.done();
    }
    assertThat(console.toString()).contains("5 of 5");
  }

  private static Plan plan(long images, long uncounted) {
    return new Plan(0, RUN, 1, 1, images, uncounted, 1, 0, List.of());
  }

  private JsonNode status() throws IOException {
    return new ObjectMapper().readTree(directory.resolve("status.json").toFile());
  }
}
