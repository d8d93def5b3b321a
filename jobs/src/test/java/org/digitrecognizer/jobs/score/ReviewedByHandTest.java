// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person has typed into review.csv is never lost. */
class ReviewedByHandTest {

  @TempDir private Path directory;
  private Night night;
  private Path review;

  @BeforeEach
  void scoreOnce() throws IOException {
    night = new Night(directory);
    night.put("a.zip", Scans.zip(Scans.pngs(0, 6)));
    // So that all of it is left to a person.
    score();
    review = night.output().resolve("report/review.csv");
  }

  private String score(String... more) {
    String[] options = java.util.Arrays.copyOf(more, more.length + 2);
    options[more.length] = "--target-error";
    options[more.length + 1] = "0";
    return night.score(options).succeeded().out();
  }

  private String type(String digit) throws IOException {
    String typed = Files.readString(review).replaceFirst(",(?=\\r?\\n.*$)", "," + digit);
    Files.writeString(review, typed + "typed by hand\n");
    Files.deleteIfExists(review.resolveSibling(".review.csv.crc"));
    return Files.readString(review);
  }

  @Test
  void aRunWithNothingNewLeavesItAlone() throws IOException {
    String typed = type("7");
    score();
    assertThat(review).hasContent(typed);
  }

  @Test
  void theListOfTheNextRunGoesBesideIt() throws IOException {
    String typed = type("7");
    night.put("b.zip", Scans.zip(Scans.pngs(10, 3)));

    assertThat(score())
        .contains(
            "review.csv was changed since a run wrote it, and stays as it is; what is to be checked"
                + " now: ")
        .contains("report/review-run-2.csv");

    assertThat(review).hasContent(typed);
    assertThat(review.resolveSibling("review-run-2.csv")).content().contains("b.zip");
    assertThat(night.output().resolve("report/index.html")).content().contains("review-run-2.csv");
  }

  @Test
  void oneThatNobodyHasChangedIsReplaced() throws IOException {
    night.put("b.zip", Scans.zip(Scans.pngs(10, 3)));
    assertThat(score()).doesNotContain("was changed since");
    assertThat(review).content().contains("a.zip").contains("b.zip");
  }

  @Test
  void makingTheOutputAnewKeepsIt() throws IOException {
    String typed = type("7");
    score("--overwrite");
    assertThat(review.resolveSibling("kept-review.csv")).hasContent(typed);
    assertThat(review).content().doesNotContain("typed by hand");
  }
}
