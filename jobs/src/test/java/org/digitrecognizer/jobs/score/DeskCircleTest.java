// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.DyingFileSystem;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.report.Browser;
import org.digitrecognizer.scan.Drawing;
import org.digitrecognizer.scan.Encoding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** From a night's scans to people at the desk and back, with real keys in a real browser. */
@Tag("slow")
class DeskCircleTest {

  private static final int DIGITS = 5;

  /** And a reject that has a picture. */
  private static final int ITEMS = DIGITS + 1;

  @TempDir private Path directory;
  private Night night;
  private Browser browser;

  @AfterEach
  void live() {
    DyingFileSystem.live();
  }

  /** Leaves all of it to people. */
  private void score() {
    night.score("--target-error", "0").succeeded();
  }

  private CommandRun correct(String scheme, Path... files) {
    List<String> args = new ArrayList<>(List.of("correct", "--output", scheme + night.output()));
    Stream.of(files).forEach(file -> args.addAll(List.of("--corrections", file.toString())));
    return CommandRun.digits(args.toArray(String[]::new));
  }

  /** Goes from the list of pages to the first. */
  private void openDesk() {
    browser.open(night.output().resolve("report/review/index.html"), 1280);
    browser.driver.findElement(By.linkText("Page 1")).click();
  }

  private void press(CharSequence... keys) {
    new Actions(browser.driver).sendKeys(keys).perform();
  }

  private void becomeAnother(String name) {
    browser.driver.findElement(By.id("other")).click();
    press(name, Keys.ENTER);
  }

  private String text(String id) {
    return browser.driver.findElement(By.id(id)).getText();
  }

  private Path saved(String name) throws IOException {
    press("s");
    return Files.move(browser.saved(directory), directory.resolve(name + ".csv"));
  }

  private List<Row> standing() {
    return TestSpark.session()
        .read()
        .parquet(night.output().resolve("final").toString())
        .orderBy("value")
        .collectAsList();
  }

  @Test
  void whatPeopleKeyStandsAndWhatTheyDifferOnGoesToAThird() throws IOException {
    night = new Night(directory);
    night.put("digits.zip", Scans.zip(Scans.pngs(0, DIGITS)));
    night.put("blank.png", Encoding.image("png", Drawing.picture(new byte[DigitImage.SIZE], 28)));
    score();
    try (Browser opened = Browser.start(directory.resolve("profile"))) {
      browser = opened;
      browser.saveTo(directory);
      correctHalfWayAndAgain(keyedByAnn(), keyedByBob());
      score();
      assertThat(standing())
          .as("but for that on which they differ")
          .filteredOn(row -> row.getAs("by").equals("person"))
          .hasSize(ITEMS - 1)
          .allMatch(row -> row.getAs("value").equals("1"))
          .allMatch(row -> row.getAs("person").equals("Ann, Bob"));
      correct("", keyedByCy()).succeeded();
    }
    score();
    Row last = standing().get(ITEMS - 1);
    assertThat(last.<String>getAs("value")).isEqualTo("2");
    assertThat(last.<String>getAs("person")).isEqualTo("Bob, Cy");
    assertThat(night.output().resolve("report/index.html"))
        .content()
        .contains("Nothing waits for a person.");
  }

  private Path keyedByAnn() throws IOException {
    openDesk();
    press("Ann", Keys.ENTER);
    press("1", "1");
    // Chromium stores what was keyed a moment later.
    Browser.await(
        "she goes on where she was",
        () -> {
          browser.driver.navigate().refresh();
          return text("place").equals("3 of " + ITEMS);
        });
    press("1".repeat(ITEMS - 2));
    return saved("ann");
  }

  private Path keyedByBob() throws IOException {
    becomeAnother("Bob");
    assertThat(text("place")).as("nothing of Ann's").isEqualTo("1 of " + ITEMS);
    press("1".repeat(ITEMS - 1), "2");
    return saved("bob");
  }

  private Path keyedByCy() throws IOException {
    openDesk();
    // A click returns before the page that it leads to is there.
    Browser.await("Bob is not asked again", () -> text("end").contains("This page is done."));
    becomeAnother("Cy");
    assertThat(text("place")).isEqualTo("1 of 1");
    press("2");
    return saved("cy");
  }

  private void correctHalfWayAndAgain(Path... files) {
    DyingFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    DyingFileSystem.dieRenamingTo(".parquet");
    String error = correct("dying:", files).failed();
    assertThat(DyingFileSystem.isDead()).as(error).isTrue();
    DyingFileSystem.live();
    correct("", files).succeeded();
  }
}
