// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final StringWriter written = new StringWriter();
  private long now;

  private Progress progress(long total, boolean terminal) {
    return new Progress("Scoring", "images", total, new PrintWriter(written), terminal, () -> now);
  }

  private void afterSeconds(long seconds) {
    now = Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void writesALineEverySoOftenInALog() {
    try (Progress progress = progress(10_000, false)) {
      afterSeconds(29);
      progress.done(2_900);
      afterSeconds(31);
      progress.done(3_100);
      afterSeconds(32);
      progress.done(3_200);
      afterSeconds(100);
      progress.done(9_000);
      progress.add(1_000);
    }
    assertThat(written.toString().lines())
        .containsExactly(
            "Scoring: 3,100 of 10,000 images (31 %), 100/s, 31 s",
            "Scoring: 9,000 of 10,000 images (90 %), 90/s, 11 s left",
            "Scoring: 10,000 of 10,000 images (100 %), 100/s, 1 min 40 s");
  }

  @Test
  void movesOneLineOnATerminal() {
    try (Progress progress = progress(10, true)) {
      afterSeconds(4);
      progress.done(1);
      afterSeconds(5);
      progress.done(10);
    }
    String longer = "\rScoring: 1 of 10 images (10 %), 0.3/s, 36 s left";
    String shorter = "\rScoring: 10 of 10 images (100 %), 2.0/s, 5 s";
    assertThat(written.toString())
        .isEqualTo(
            longer
                + shorter
                + " ".repeat(longer.length() - shorter.length())
                + shorter
                + System.lineSeparator());
  }

  @Test
  void endsWithWhatIsKnownBetter() {
    Progress progress = progress(100, false);
    afterSeconds(20);
    progress.done(100);
    progress.end(new Pace(300, 30));
    assertThat(written.toString().strip())
        .as("rate and time are those given, what is done its own")
        .isEqualTo("Scoring: 100 of 100 images (100 %), 10/s, 30 s");
  }

  @Test
  void doesWithoutATotal() {
    try (Progress progress = progress(Progress.UNKNOWN, false)) {
      afterSeconds(2);
      progress.done(500);
    }
    assertThat(written.toString().strip()).isEqualTo("Scoring: 500 images, 250/s, 2 s");
  }

  @Test
  void writesDurationsAsPeopleDo() {
    assertThat(Progress.duration(59.4)).isEqualTo("59 s");
    assertThat(Progress.duration(200)).isEqualTo("3 min 20 s");
    assertThat(Progress.duration(7500)).isEqualTo("2 h 05 min");
  }
}
