// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.specimen.RejectSamples;
import org.digitrecognizer.evaluation.specimen.RejectedScan;
import org.digitrecognizer.evaluation.specimen.Specimen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

class ScoringReportTest {

  private static final String HOSTILE = "\"><script>alert(1)</script>&\u202e";
  private static final DigitImage PAPER = DigitImage.of(new byte[DigitImage.SIZE]);

  /** Whether what stands in closed sections can be seen. */
  private static final String CLOSED =
      "return Array.from(document.querySelectorAll('details:not([open]) > :not(summary)'),"
          + " (e) => e.checkVisibility() && e.offsetHeight > 0)";

  @TempDir Path folder;

  @Test
  void pageOpensInABrowserFromDisk() throws IOException {
    SampleNight night = new SampleNight(true);
    Path page = write(night.page());
    try (Browser browser = Browser.start(folder.resolve("profile"))) {
      for (Map.Entry<Integer, String> look :
          List.of(Map.entry(390, "light"), Map.entry(1280, "dark"))) {
        browser.prefer(look.getValue());
        browser.open(page, look.getKey());
        assertThat(browser.console()).as("console of %s", look).isEmpty();
        assertThat(browser.strangeRequests(page)).as("requests of %s", look).isEmpty();
        assertThat(
                browser.run(
                    "return document.documentElement.scrollWidth -"
                        + " document.documentElement.clientWidth"))
            .as("overhang of %s", look)
            .isEqualTo(0L);
        assertThat(browser.faintTexts()).as("faint texts of %s", look).isEmpty();
        browser.saveScreenshot("scoring-%s-%s.png".formatted(look.getKey(), look.getValue()));
      }
      browser.print();
      assertThat((List<?>) browser.run(CLOSED))
          .as("what closed sections hold, on paper")
          .isNotEmpty()
          .allMatch(Boolean.TRUE::equals);
      browser.prefer("light");
      assertContactSheet(browser, night);
      assertRejects(browser, night);
      browser.driver.findElement(By.linkText("Only what the last run has read")).click();
      assertThat(browser.driver.getCurrentUrl())
          .isEqualTo(page.resolveSibling("runs/2026-03-05T0200/index.html").toUri().toString());
    }
  }

  @Test
  void saysWhyThereAreNoPicturesOfMistakes() throws IOException {
    Evaluation evaluation = new Evaluation();
    evaluation.add(3, 0.9, 5);
    StringWriter page = new StringWriter();
    EvaluationReport.builder("Late labels")
        .sections(Section.SCORING)
        .evaluation(evaluation)
        .build()
        .render(page);
    assertThat(page.toString())
        .contains(
            "1\u00a0wrong reading; no pictures were kept, since the labels came after the reading.")
        .doesNotContain("There are no wrong readings");
  }

  private static void assertContactSheet(Browser browser, SampleNight night) {
    long review = night.evaluation.metrics(Evaluation.DEFAULT_TARGET_ERROR).reviewCount();
    List<WebElement> items = browser.driver.findElements(By.cssSelector("#least-certain li"));
    assertThat(items).hasSize(EvaluationReport.MOST_TO_CHECK);
    assertThat(items.stream().filter(WebElement::isDisplayed)).as("in sight").hasSize(72);
    assertThat(browser.driver.findElement(By.cssSelector("#least-certain p")).getText())
        .contains("review.csv lists these and " + new Numbers().count(review - 500) + " more");
    for (WebElement item : items.subList(0, 3)) {
      List<WebElement> pictures = item.findElements(By.tagName("img"));
      assertThat(pictures)
          .extracting(p -> p.getAttribute("class"))
          .containsExactly("scan", "digit");
      assertThat(pictures).extracting(p -> p.getSize().height).containsOnly(52);
      assertThat(pictures.get(1).getCssValue("image-rendering")).isEqualTo("pixelated");
      assertThat(item.findElement(By.className("source")).getAttribute("title"))
          .startsWith("hdfs://namenode.example.org:8020/")
          .endsWith("!/form" + formAndCell(item.getText()));
    }
  }

  /** What the picture's line shows is the end of the whole. */
  private static String formAndCell(String text) {
    String cell = text.substring(text.indexOf("cell-"));
    return "%s/%s".formatted(cell.substring(5, 8), cell);
  }

  private static void assertRejects(Browser browser, SampleNight night) {
    WebElement section = browser.driver.findElement(By.id("rejections"));
    night
        .evaluation
        .rejected()
        .forEach(
            (reason, count) ->
                assertThat(section.getText())
                    .contains("%s\n%s\n%s ".formatted(reason, reason.meaning(), count))
                    .contains("%s 6 of %s".formatted(reason, count)));
    assertThat(section.findElements(By.cssSelector(".samples li"))).hasSize(7 * 6);
    assertThat(section.findElements(By.cssSelector(".samples img"))).hasSize(2 * 6);
  }

  @Test
  void withoutLabelsThePageSaysWhatTheyWouldAdd() throws IOException {
    assertThat(page(new SampleNight(false).page()))
        .contains("in 12\u00a0archives", "4\u00a0min 23\u00a0s", "1.48\u00a0GB")
        .containsOnlyOnce("there are no labels:")
        .contains("at an expected error rate of");
  }

  @Test
  void onlyWhatIsBelowTheThresholdIsToBeChecked() throws IOException {
    Evaluation evaluation = new Evaluation();
    evaluation.add(3, 0.5);
    for (int i = 0; i < 1_000; i++) {
      evaluation.add(3, 0.9999);
    }
    EvaluationReport.Builder report =
        EvaluationReport.builder("Few")
            .sections(List.of(Section.LEAST_CERTAIN))
            .evaluation(evaluation)
            .targetError(0.0002)
            .reviewFile("files/review.csv")
            .leastCertain(List.of(specimen("doubtful.png", 0.5f), specimen("sure.png", 0.9999f)));
    assertThat(page(report))
        .contains("The 1\u00a0digit below the threshold of 0.99")
        .contains("<a href=\"files/review.csv\">review.csv</a> lists the same")
        .contains("doubtful.png")
        .doesNotContain("sure.png", "<details>");
    assertThat(page(report.targetError(0.1)))
        .contains("There is no digit below the threshold of 0.50: nothing is left to a person.")
        .doesNotContain("doubtful.png", "review.csv");
    assertThat(page(report.targetError(1e-9)))
        .contains("2 least certain of the 1,001\u00a0digits, since no threshold keeps the target")
        .contains("lists these and 999 more")
        .contains("doubtful.png", "sure.png");
  }

  @Test
  void namesFromOutsideAreOnlyText() throws IOException {
    RejectSamples rejects = new RejectSamples(1);
    GreyImage scan = new GreyImage(1, 1, new byte[1]);
    rejects.add(new RejectedScan(HOSTILE, Reason.BLANK, HOSTILE, Optional.of(scan)));
    Evaluation evaluation = new Evaluation();
    evaluation.reject(Reason.BLANK);
    evaluation.add(3, 0.4);
    String page =
        page(
            EvaluationReport.builder("Hostile")
                .sections(Section.SCORING)
                .evaluation(evaluation)
                .rejects(rejects)
                .link(HOSTILE, "a.html?%22%3E%3Cscript%3E&amp;'")
                .reviewFile("'%3Cscript%3E.csv")
                .leastCertain(List.of(specimen(HOSTILE, 0.4f))));
    assertThat(page)
        .contains("<bdi>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;\u202e</bdi>")
        .contains("href=\"a.html?%22%3E%3Cscript%3E&amp;amp;&#39;\"")
        .doesNotContain("<script");
  }

  @Test
  void linksLeadOnlyToWhatLiesNear() {
    for (String href : List.of("https://example.org/", "//example.org/", "/etc", "javascript:x")) {
      assertThatThrownBy(() -> EvaluationReport.builder("Links").link("x", href))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A page links to what lies near it, not to " + href);
    }
  }

  private static Specimen specimen(String source, float confidence) {
    float[] probabilities = new float[DigitImage.CLASSES];
    probabilities[3] = confidence;
    return Specimen.of(source, PAPER, Reading.of(probabilities), OptionalInt.empty());
  }

  private static String page(EvaluationReport.Builder report) throws IOException {
    StringWriter page = new StringWriter();
    report.build().render(page);
    return page.toString();
  }

  private Path write(EvaluationReport.Builder report) throws IOException {
    Path other = folder.resolve("runs/2026-03-05T0200/index.html");
    Files.createDirectories(other.getParent());
    Files.writeString(other, page(EvaluationReport.builder("New").link("All", "../../index.html")));
    return Files.writeString(folder.resolve("index.html"), page(report));
  }
}
