// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Png;
import org.digitrecognizer.report.Browser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** The desk in a real browser, worked by real keys. */
class DeskTest {

  /** The names that a page must stand. */
  private static final String HOSTILE =
      "file:/a.zip!/</script><script>alert(1)</script>\"',=\u001b[31m\uD83D\uDE00.png";

  @TempDir private Path directory;
  private Browser browser;
  private Path page;

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  /** A picture that shows something, another for each digit. */
  static byte[] picture(int digit) {
    int side = 60;
    byte[] pixels = new byte[side * side];
    for (int i = 0; i < pixels.length; i++) {
      boolean ink = i % side > 10 && i % side < 16 + 4 * digit && i / side > 10 && i / side < 50;
      pixels[i] = (byte) (ink ? 40 : 230);
    }
    return Png.encode(new GreyImage(side, side, pixels));
  }

  private static Desk.Item item(int number, OptionalInt read, String... keyedBy) {
    return new Desk.Item(
        number == 0 ? HOSTILE : "file:/a.zip!/" + number + ".png",
        0,
        read.isPresent() ? "" + read.getAsInt() : null,
        List.of(keyedBy),
        read.isPresent() ? null : "MULTIPLE_DIGITS",
        false,
        picture(number % 10));
  }

  private void write(boolean doubleKey, Desk.Item... items) throws IOException {
    write(new Desk.About("test", false, doubleKey, "2026-01-02T03:04:05Z"), items);
  }

  private void write(Desk.About about, Desk.Item... items) throws IOException {
    try (Desk desk = new Desk(name -> Files.newOutputStream(directory.resolve(name)), about)) {
      for (Desk.Item item : items) {
        desk.add(item);
      }
    }
    page = directory.resolve("page-0001.html");
  }

  private void open() {
    if (browser == null) {
      browser = Browser.start(directory.resolve("profile"));
      browser.saveTo(directory);
    }
    browser.open(page, 1280);
  }

  private void openAs(String name) {
    open();
    press(name, Keys.ENTER);
  }

  private void press(CharSequence... keys) {
    new Actions(browser.driver).sendKeys(keys).perform();
  }

  private String text(String id) {
    return (String)
        browser.run("return document.getElementById('" + id + "').innerText.replace(/\\s+/g,' ')");
  }

  private boolean isInSight(String id) {
    return (Boolean) browser.run("return !document.getElementById('" + id + "').hidden");
  }

  private List<String> saved() throws IOException {
    press("s");
    Path file = browser.saved(directory);
    List<String> lines = Files.readAllLines(file);
    Files.delete(file);
    return lines;
  }

  /** Opens the page until it knows what was keyed: Chromium stores that a moment later. */
  private void openUntil(BooleanSupplier stored) {
    Browser.await(
        "what was keyed is stored",
        () -> {
          open();
          return stored.getAsBoolean();
        });
  }

  @Test
  void aDigitIsOneKeyAndTheNextIsThere() throws Exception {
    write(
        false,
        item(0, OptionalInt.of(7)),
        item(1, OptionalInt.of(1)),
        item(2, OptionalInt.empty()),
        item(3, OptionalInt.of(3)));
    openAs("Ann");

    assertThat(text("place")).isEqualTo("1 of 4");
    assertThat(isInSight("reading")).as("what was read is hidden").isFalse();
    press("4");
    assertThat(text("place")).isEqualTo("2 of 4");
    assertThat(text("said")).isEqualTo("Keyed: 4. The machine read 7.");
    press("x");
    assertThat(text("place")).isEqualTo("3 of 4");

    openUntil(() -> text("place").equals("3 of 4"));
    assertThat(text("place")).as("where it was").isEqualTo("3 of 4");
    press("r");
    assertThat(text("reading")).contains("could not read it: MULTIPLE_DIGITS").contains("2.png");
    press("u", Keys.ARROW_LEFT);
    assertThat(text("given")).isEqualTo("You keyed: unreadable");
    press("5", "r", "3");
    assertThat(isInSight("end")).isTrue();

    List<String> lines = saved();
    assertThat(lines.get(0)).isEqualTo("\ufeffid,value,who,when,seconds,blind,how");
    assertThat(lines).hasSize(5);
    assertThat(lines.get(1)).startsWith(SourceHash.id(HOSTILE) + ",4,Ann,").endsWith(",1,key");
    assertThat(lines.get(2)).contains(",none,Ann,").endsWith(",1,key");
    assertThat(lines.get(3)).contains(",5,Ann,").as("seen before").endsWith(",0,key");
    assertThat(lines.get(4)).contains(",3,Ann,").endsWith(",1,key");
    assertThat(browser.console()).isEmpty();
    assertThat(browser.strangeRequests(page))
        .allMatch(url -> url.startsWith("blob:"), "only the file that is saved");
  }

  @Test
  void aCarpetTakesAKeyForEachThatIsWrong() throws Exception {
    Desk.Item[] items = new Desk.Item[121];
    for (int i = 0; i < 121; i++) {
      items[i] = item(i, i == 110 ? OptionalInt.empty() : OptionalInt.of(i == 120 ? 2 : 7));
    }
    write(false, items);
    openAs("Ann");
    press("c");
    assertThat(text("question")).isEqualTo("These 1 were read as 2. Mark those that are not.");
    press(Keys.ENTER);
    assertThat(text("question")).startsWith("These 100 were read as 7.");
    press(Keys.ARROW_RIGHT, "1", Keys.ARROW_DOWN, Keys.SPACE);
    assertThat(text("grid")).contains("1").contains("not 7");
    browser.saveScreenshot("desk-carpet.png");
    press(Keys.ENTER);
    assertThat(text("question")).startsWith("These 19 were read as 7.");
    press(Keys.BACK_SPACE);
    assertThat(text("question")).as("the last screen again").startsWith("These 100");
    press(Keys.ENTER, Keys.ENTER);
    assertThat(text("said")).contains("the rest one by one");
    assertThat(text("done")).as("but for the marked and the reject").startsWith("119 of 121");

    List<String> lines = saved();
    assertThat(lines).hasSize(120);
    assertThat(lines)
        .as("one beside others")
        .filteredOn(line -> line.endsWith("carpet"))
        .hasSize(119);
    assertThat(String.join(" ", lines)).doesNotContain(SourceHash.id("file:/a.zip!/110.png"));
  }

  @Test
  void aNumberIsItsDigitsAndEnter() throws Exception {
    Desk.Item audited =
        new Desk.Item("file:/a.zip!/1.png", 0, "407", List.of(), null, true, picture(1));
    Desk.Item none =
        new Desk.Item(
            "file:/a.zip!/2.png", 0, null, List.of(), "MULTIPLE_DIGITS", false, picture(2));
    Desk.Item last =
        new Desk.Item("file:/a.zip!/3.png", 0, "0012", List.of(), null, false, picture(3));
    write(new Desk.About("test", true, false, "2026-01-02T03:04:05Z"), audited, none, last);
    openAs("Ann");
    press("40");
    assertThat(text("place")).as("a digit is not all of it").isEqualTo("1 of 3");
    press("2", Keys.BACK_SPACE, "7");
    assertThat(text("typed")).isEqualTo("407");
    press("c");
    assertThat(isInSight("carpet")).as("numbers are not compared").isFalse();
    press(Keys.ENTER);
    assertThat(text("said")).isEqualTo("Keyed: 407. The machine read 407.");
    press(Keys.ENTER);
    assertThat(text("place")).as("nothing was typed").isEqualTo("2 of 3");
    press("x");
    assertThat(text("said")).startsWith("Keyed: no number.");
    press("0013", Keys.ENTER);
    assertThat(isInSight("end")).isTrue();
    assertThat(saved())
        .extracting(line -> line.replaceAll("^[^,]*,([^,]*),([^,]*),.*,([^,]*),key$", "$1 $2 $3"))
        .containsExactly(
            "\ufeffid,value,who,when,seconds,blind,how", "407 Ann 1", "none Ann 1", "0013 Ann 1");
  }

  @Test
  void whatIsAuditedIsInNoCarpet() throws Exception {
    Desk.Item audited =
        new Desk.Item("file:/a.zip!/2.png", 0, "7", List.of(), null, true, picture(2));
    write(false, item(1, OptionalInt.of(7)), audited, item(3, OptionalInt.of(7)));
    openAs("Ann");
    press("c");
    assertThat(text("question")).startsWith("These 2 were read as 7.");
    press(Keys.ENTER);
    assertThat(text("said")).contains("the rest one by one");
    press("1");
    assertThat(text("said")).as("as any other").isEqualTo("Keyed: 1. The machine read 7.");
  }

  @Test
  void whoKeysBlindIsShownNothingAndIsNotAskedTwice() throws IOException {
    write(true, item(1, OptionalInt.of(1)), item(2, OptionalInt.of(2), "ann"));
    openAs("Ann");
    assertThat(text("place")).isEqualTo("1 of 1");
    press("r");
    assertThat(isInSight("reading")).isFalse();
    press("c");
    assertThat(isInSight("carpet")).isFalse();
    press("9");
    assertThat(text("said")).isEqualTo("Keyed: 9.");
    assertThat(isInSight("end")).isTrue();
  }

  @Test
  void aBrowserWithoutStorageSaysSoBeforeWorkIsLost() throws Exception {
    write(false, item(1, OptionalInt.of(1)), item(2, OptionalInt.of(2)));
    open();
    browser.driver.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument",
        Map.of(
            "source",
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }});"));
    openAs("Ann");
    assertThat(text("warning")).contains("keeps nothing");
    press("1", "2");
    assertThat(saved()).hasSize(3);
  }

  @Test
  void thousandsAreSharedByPagesWithALinkToTheNext() throws Exception {
    Desk.Item[] items = new Desk.Item[1001];
    for (int i = 0; i < items.length; i++) {
      items[i] = item(i, OptionalInt.of(i % 10));
    }
    write(false, items);
    assertThat(directory.resolve("index.html"))
        .content()
        .contains("1,001 to check")
        .contains("href=\"page-0003.html\"")
        .doesNotContain("page-0004");
    assertThat(page).content().contains("rel=\"next\" href=\"page-0002.html\"");
    assertThat(directory.resolve("page-0003.html")).content().doesNotContain("rel=\"next\" href");

    openAs("Ann");
    press("12345".repeat(100));
    assertThat(isInSight("end")).as("500 keys for 500 digits").isTrue();
    page = directory.resolve("index.html");
    openUntil(() -> done().equals("500"));
    assertThat(done()).isEqualTo("500");
    assertThat(browser.console()).isEmpty();
  }

  /** What the index says of the first page. */
  private String done() {
    return (String) browser.run("return document.querySelector('[data-of]').innerText");
  }

  @Test
  void allTextStandsOutOnLightAndOnDarkPaper() throws Exception {
    Desk.Item[] items = new Desk.Item[12];
    for (int i = 0; i < items.length; i++) {
      items[i] = item(i + 1, OptionalInt.of(7));
    }
    write(false, items);
    for (String scheme : List.of("light", "dark")) {
      openUntil(() -> isInSight("who"));
      browser.prefer(scheme);
      standsOut(scheme + ", who");
      press(scheme, Keys.ENTER, "r", "3");
      standsOut(scheme + ", one by one");
      browser.saveScreenshot("desk-one-" + scheme + ".png");
      press("c", "4");
      standsOut(scheme + ", carpet");
      browser.saveScreenshot("desk-carpet-" + scheme + ".png");
      press(Keys.ENTER);
      standsOut(scheme + ", end");
      page = directory.resolve("index.html");
      open();
      standsOut(scheme + ", index");
      browser.saveScreenshot("desk-index-" + scheme + ".png");
      page = directory.resolve("page-0001.html");
      browser.run("localStorage.clear()");
    }
  }

  private void standsOut(String where) {
    assertThat(browser.faintTexts()).as(where).isEmpty();
  }
}
