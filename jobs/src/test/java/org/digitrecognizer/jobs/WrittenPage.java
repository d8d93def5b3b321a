// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.digitrecognizer.report.Browser;

/** A page that a job wrote, open in a real browser. */
public final class WrittenPage implements AutoCloseable {

  private final Path report;
  private final Browser browser;

  private WrittenPage(Path report, Browser browser) {
    this.report = report;
    this.browser = browser;
  }

  /**
   * Opens a page, and asserts that it asks for nothing and that the browser has no complaint.
   *
   * @param report a job's report directory
   * @param profile a directory of the browser's own
   */
  public static WrittenPage open(Path report, Path profile) {
    WrittenPage page = new WrittenPage(report, Browser.start(profile));
    Path file = report.resolve("index.html");
    page.browser.open(file, 1280);
    assertThat(page.browser.console()).as("console").isEmpty();
    assertThat(page.browser.strangeRequests(file)).as("requests").isEmpty();
    return page;
  }

  /** Returns the texts of what a CSS selector finds. */
  public List<String> texts(String selector) {
    return strings(
        "return Array.from(document.querySelectorAll('" + selector + "'), e => e.innerText)");
  }

  /** Returns how many pictures a CSS selector finds, each of which the browser could decode. */
  public int pictures(String selector) {
    List<String> widths =
        strings(
            "return Array.from(document.querySelectorAll('"
                + selector
                + "'), e => String(e.complete && e.naturalWidth > 0))");
    assertThat(widths).as("pictures that were decoded").containsOnly("true");
    return widths.size();
  }

  private List<String> strings(String script) {
    return ((List<?>) browser.run(script)).stream().map(String::valueOf).toList();
  }

  /** Returns the figures that were written beside the page. */
  public JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(report.resolve("metrics.json").toFile());
  }

  @Override
  public void close() {
    browser.close();
  }
}
