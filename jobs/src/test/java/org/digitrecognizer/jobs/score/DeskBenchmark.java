// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.report.Browser;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/**
 * What a person's work at a desk comes to, with real keys in a headless Chromium: {@code
 * DeskBenchmark ALL UNSURE LABELS}, on the test class path. A key counts as 0.6 seconds, which
 * nobody waits for, and the time from the key until the page stands still again is added.
 */
public final class DeskBenchmark {

  private static final int ROUNDS = 7;
  private static final double SECONDS_A_KEY = 0.6;
  private static final double MILLIS = 1000;

  /** How many a person keys one by one: two pages. */
  private static final int KEYED = 1000;

  /** Notes for each key how long it is until the frame after it has been drawn, in ms. */
  private static final String WATCH =
      """
      window.took = [];
      document.addEventListener('keydown', (event) => {
        requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - event.timeStamp)));
      }, true);
      """;

  /** Returns, for a screen of the carpet, what it asks and the ID of each picture's item. */
  private static final String SCREEN =
      """
      const items = new Map(JSON.parse(document.getElementById('items').textContent)
        .map((item) => ['data:image/png;base64,' + item.p, item.s]));
      return JSON.stringify({
        open: !document.getElementById('carpet').hidden,
        read: Number((document.getElementById('question').textContent.match(/as (\\d)/) || [])[1]),
        sources: Array.from(document.querySelectorAll('#grid img')).map((img) => items.get(img.src)),
      });
      """;

  private final Browser browser;
  private int actions;
  private double waited;

  private DeskBenchmark(Browser browser) {
    this.browser = browser;
  }

  /**
   * Measures, and prints.
   *
   * @param arguments an output of which all is left to people, another of which what is unsure is,
   *     and the true digits of the scans of the second, as {@code samples} writes them
   */
  public static void main(String[] arguments) throws IOException {
    Path profile = Files.createTempDirectory("desk-browser");
    try (Browser browser = Browser.start(profile)) {
      DeskBenchmark desk = new DeskBenchmark(browser);
      desk.opening(page(arguments[0], 1));
      desk.oneByOne(arguments[0]);
      desk.carpet(arguments[1], labels(Path.of(arguments[2])));
    }
  }

  private static Path page(String output, int number) {
    return Path.of(output, "report/review/page-%04d.html".formatted(number));
  }

  /** Returns the true digits by the names of the entries. */
  private static Map<String, Integer> labels(Path file) throws IOException {
    Map<String, Integer> labels = new HashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      int comma = line.lastIndexOf(',');
      labels.put(line.substring(0, comma), Integer.valueOf(line.substring(comma + 1)));
    }
    return labels;
  }

  private double open(Path page) {
    browser.open(page, 1280);
    browser.run(WATCH);
    return ((Number)
            browser.run("return performance.getEntriesByType('navigation')[0].loadEventEnd"))
        .doubleValue();
  }

  private void opening(Path page) {
    double[] millis = new double[ROUNDS];
    Arrays.setAll(millis, round -> open(page));
    Arrays.sort(millis);
    System.out.printf(
        "%-40s %8.2f s%n", "a page of 500 opens (median of 7)", millis[ROUNDS / 2] / MILLIS);
  }

  /** Presses a key, and waits until the page has answered it. */
  private void press(CharSequence key) {
    new Actions(browser.driver).sendKeys(key).perform();
    browser.driver.executeAsyncScript(
        "const done = arguments[0];"
            + "const look = () => took.length ? done() : setTimeout(look, 1); look();");
    waited +=
        ((Number) browser.run("return took.splice(0).reduce((a, b) => a + b, 0)")).doubleValue();
    actions++;
  }

  private void begin(Path page) {
    waited += open(page);
    if ((Boolean) browser.run("return !document.getElementById('who').hidden")) {
      press("A");
      press(Keys.ENTER);
    }
  }

  private double seconds() {
    return actions * SECONDS_A_KEY + waited / MILLIS;
  }

  private void oneByOne(String output) {
    int keyed = 0;
    for (int number = 1; keyed < KEYED; number++) {
      begin(page(output, number));
      long open = (Long) browser.run("return Number(document.getElementById('bar').max)");
      for (long i = 0; i < open && keyed < KEYED; i++, keyed++) {
        press("1");
      }
      // To the next page.
      actions++;
    }
    System.out.printf(
        "%-40s %8.1f min, of which the page %.1f s%n",
        keyed + " digits one by one", seconds() / 60, waited / MILLIS);
  }

  private void carpet(String output, Map<String, Integer> labels) throws IOException {
    actions = 0;
    int shown = 0;
    int wrong = 0;
    for (int number = 1; Files.exists(page(output, number)); number++) {
      begin(page(output, number));
      press("c");
      for (JsonNode screen = screen(); screen.get("open").asBoolean(); screen = screen()) {
        wrong += mark(screen, labels);
        shown += screen.get("sources").size();
        press(Keys.ENTER);
      }
    }
    System.out.printf(
        "%-40s %8.2f actions for each of %d that are wrong%n",
        shown + " digits by carpet", (double) actions / wrong, wrong);
  }

  private JsonNode screen() throws IOException {
    return new ObjectMapper().readTree((String) browser.run(SCREEN));
  }

  /** Points at each that is wrong and keys what it is: one action. */
  private int mark(JsonNode screen, Map<String, Integer> labels) {
    int wrong = 0;
    for (int i = 0; i < screen.get("sources").size(); i++) {
      String source = screen.get("sources").get(i).asText();
      int digit = labels.get(source.substring(source.indexOf("!/") + 2));
      if (digit != screen.get("read").asInt()) {
        browser.run("document.querySelectorAll('#grid .tile')[" + i + "].focus()");
        press(Integer.toString(digit));
        wrong++;
      }
    }
    return wrong;
  }
}
