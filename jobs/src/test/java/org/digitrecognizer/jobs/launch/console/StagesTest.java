// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StagesTest {

  private static final Duration NEVER = Duration.ofDays(1);

  private final StringWriter written = new StringWriter();
  private final List<String> told = new ArrayList<>();

  private Stages stages(boolean terminal, Duration tick) {
    return new Stages(new PrintWriter(written), terminal, told::add, tick, System::nanoTime);
  }

  @Test
  void aLogGetsALineAStage() {
    try (Stages stages = stages(false, NEVER)) {
      stages.goOn("Starting Spark");
      stages.begin("Opening model work/model");
      stages.note("it is an old one");
      stages.begin("Listing a\u001b[31m.zip");
    }
    assertThat(written.toString().lines())
        .as("what a log knows already is not said again, and no name of a stranger is obeyed")
        .containsExactly("Opening model work/model", "it is an old one", "Listing a?[31m.zip");
  }

  @Test
  void aTerminalHasOneLineThatMoves() {
    try (Stages stages = stages(true, NEVER)) {
      stages.goOn("Starting Spark");
      stages.begin("Listing");
    }
    assertThat(written.toString())
        .isEqualTo("\rStarting Spark\rListing" + " ".repeat(7) + "\r" + " ".repeat(7) + "\r");
  }

  @Test
  void sparkIsToldToo() {
    try (Stages stages = stages(false, NEVER)) {
      stages.begin("Planning");
      stages.begin("Reporting");
    }
    assertThat(told).containsExactly("Planning", "Reporting", null);
  }

  @Test
  void aLogHearsOfAStageThatLastsAgain() throws InterruptedException {
    CountDownLatch ticks = new CountDownLatch(2);
    long[] now = {0};
    Stages stages =
        new Stages(
            new PrintWriter(written),
            false,
            told::add,
            Duration.ofMillis(1),
            () -> {
              // Ticks before the stage has begun have nothing to show.
              if (!told.isEmpty()) {
                ticks.countDown();
              }
              return now[0] += Duration.ofSeconds(31).toNanos();
            });
    try (stages) {
      stages.begin("Starting Spark");
      ticks.await();
    }
    assertThat(written.toString().lines().limit(2))
        .containsExactly("Starting Spark", "Starting Spark, 31 s");
  }
}
