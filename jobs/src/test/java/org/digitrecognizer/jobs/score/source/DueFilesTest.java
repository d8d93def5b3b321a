// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.digitrecognizer.jobs.score.Night;
import org.digitrecognizer.jobs.score.Scans;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that Spark's stream does not hand out, or not again. */
class DueFilesTest {

  @TempDir private Path directory;
  private Night night;

  @BeforeEach
  void night() throws IOException {
    night = new Night(directory);
  }

  @Test
  void aFileThatHasOnlyJustChangedIsReadWhenItHasSettled() throws IOException {
    age(night.put("old.zip", Scans.zip(Scans.pngs(0, 4))), 60);
    Path young = night.put("young.zip", Scans.zip(Scans.pngs(10, 3)));

    assertThat(night.score("--settle-minutes", "30").succeeded().out())
        .contains("Read 4 of 4 new images")
        .contains("1\u00a0file changed in the last minutes, and will be read by the next run");
    assertThat(night.score("--settle-minutes", "30").succeeded().out())
        .contains("Nothing new to read.")
        .contains("1\u00a0file changed in the last minutes");

    age(young, 31);
    assertThat(night.score("--settle-minutes", "30").succeeded().out())
        .contains("Read 3 of 3 new images")
        .doesNotContain("changed in the last minutes");
    assertThat(night.score("--settle-minutes", "30").succeeded().out())
        .contains("Nothing new to read.");
    assertThat(night.predictions()).hasSize(7);
    assertThat(night.metrics().get("images").asInt()).isEqualTo(7);
    assertThat(night.runMetrics(2).get("images").asInt()).isEqualTo(3);
  }

  @Test
  void aRewrittenFileIsNamedAndReadAgainOnlyWhenTold() throws IOException {
    night.put("kept.zip", Scans.zip(Scans.pngs(0, 4)));
    Path other = night.put("other.zip", Scans.zip(Scans.pngs(10, 6)));
    night.put("blank.png", new byte[] {1, 2, 3});
    night.score().succeeded();
    Files.write(other, Scans.zip(Scans.pngs(20, 2)));
    age(other, -1);

    assertThat(night.score().succeeded().out())
        .contains("Nothing new to read.")
        .contains("1\u00a0file rewritten since reading; --reread reads again");
    assertThat(night.predictions()).hasSize(10);

    assertThat(night.score("--reread").succeeded().out()).contains("Read 2 of 2 new images");
    assertThat(night.predictions()).hasSize(6);
    assertThat(entries("other.zip")).containsExactly("00020.png", "00021.png");
    assertThat(entries("kept.zip")).hasSize(4);
    assertThat(night.rejected()).hasSize(1);
    assertThat(night.metrics().get("images").asInt()).isEqualTo(7);
    assertThat(night.score("--reread").succeeded().out()).contains("Nothing new to read.");
  }

  @Test
  void aFileIsReadAgainAsOftenAsItIsRewritten() throws IOException {
    Path file = night.put("a.zip", Scans.zip(Scans.pngs(0, 2)));
    night.score().succeeded();
    for (int round = 1; round <= 2; round++) {
      Files.write(file, Scans.zip(Scans.pngs(10 * round, 2 + round)));
      age(file, -round);
      night.score("--reread").succeeded();
      assertThat(night.predictions()).hasSize(2 + round);
      assertThat(entries("a.zip")).startsWith("%05d.png".formatted(10 * round));
    }
  }

  /** As if a run had died before it was recorded, after a second reading of the same file. */
  @Test
  void whatWasReadLaterStaysWhenAnEarlierBatchIsTakenUpAgain() throws IOException {
    Path file = night.put("a.zip", Scans.zip(Scans.pngs(0, 2)));
    night.put("b.zip", Scans.zip(Scans.pngs(5, 3)));
    night.score().succeeded();
    for (int round = 1; round <= 2; round++) {
      Files.write(file, Scans.zip(Scans.pngs(10 * round, 2)));
      age(file, -round);
      night.score("--reread").succeeded();
    }
    night.forgetRuns(2, 3);

    night.score("--reread").succeeded();

    assertThat(entries("a.zip")).containsExactly("00020.png", "00021.png");
    assertThat(entries("b.zip")).hasSize(3);
    assertThat(night.metrics().get("images").asInt()).isEqualTo(5);
  }

  @Test
  void anEmptyFileIsARejectOnce() throws IOException {
    night.put("empty.png", new byte[0]);
    night.put("sub/_hidden/empty.png", new byte[0]);
    night.put("sub/.empty", new byte[0]);
    night.put("a.png", Scans.png(1));

    night.score().succeeded();

    assertThat(night.reject().<String>getAs("reason")).isEqualTo("EMPTY");
    assertThat(night.reject().<String>getAs("entry")).isEqualTo("empty.png");
    assertThat(night.score().succeeded().out()).contains("Nothing new to read.");
    assertThat(night.rejected()).hasSize(1);
  }

  /** As HDFS shows a file that is being written, until its first block is full. */
  @Test
  void aFileThatWasEmptyWhenItWasSeenIsReadWhenItHasSettled() throws IOException {
    age(night.put("old.png", Scans.png(0)), 60);
    Path growing = night.put("growing.zip", new byte[0]);
    assertThat(night.score("--settle-minutes", "30").succeeded().out())
        .contains("Read 1 of 1 new image")
        .contains("1\u00a0file changed in the last minutes, and will be read by the next run");

    Files.write(growing, Scans.zip(Scans.pngs(10, 3)));
    age(growing, 31);
    assertThat(night.score("--settle-minutes", "30").succeeded().out())
        .contains("Read 3 of 3 new images");
    assertThat(night.predictions()).hasSize(4);
    assertThat(night.rejected()).isEmpty();
    assertThat(night.score("--settle-minutes", "30").succeeded().out())
        .contains("Nothing new to read.");
  }

  @Test
  void aFileThatWasRejectedAsEmptyIsNotReadASecondTimeUnasked() throws IOException {
    night.put("a.png", Scans.png(0));
    night.score().succeeded();
    Path late = night.put("late.zip", new byte[0]);
    night.score().succeeded();
    assertThat(night.reject().<String>getAs("reason")).isEqualTo("EMPTY");

    Files.write(late, Scans.zip(Scans.pngs(10, 3)));
    age(late, -1);
    assertThat(night.score().succeeded().out())
        .contains("Nothing new to read.")
        .contains("1\u00a0file rewritten since reading; --reread reads again");
    assertThat(night.score("--reread").succeeded().out()).contains("Read 3 of 3 new images");
    assertThat(night.rejected()).isEmpty();
    assertThat(night.predictions()).hasSize(4);
    assertThat(night.score().succeeded().out()).contains("Nothing new to read.");
  }

  private List<String> entries(String archive) {
    return night.predictions().stream()
        .filter(row -> row.<String>getAs("archive").endsWith("/" + archive))
        .map(row -> row.<String>getAs("entry"))
        .toList();
  }

  /** Puts the last change of a file so many minutes back. */
  private static void age(Path file, int minutes) throws IOException {
    Instant then = Instant.now().minus(Duration.ofMinutes(minutes));
    Files.setLastModifiedTime(file, FileTime.from(then));
  }
}
