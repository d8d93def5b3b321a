// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.Throughput;
import org.digitrecognizer.evaluation.specimen.TopSpecimens;
import org.digitrecognizer.evaluation.specimen.TopSpecimens.Ranking;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

class EvaluationReportTest {

  @TempDir Path folder;

  @Test
  void pageOpensInABrowserFromDisk() throws IOException {
    SampleEvaluation sample = SampleEvaluation.labelled();
    Path page = write("evaluation.html", complete(sample).build());
    try (Browser browser = Browser.start(folder.resolve("profile"))) {
      for (int width : new int[] {1280, 390}) {
        browser.open(page, width);
        assertThat(browser.console()).as("console at %s px", width).isEmpty();
        assertThat(browser.strangeRequests(page)).as("requests at %s px", width).isEmpty();
        assertThat(browser.driver.findElements(By.tagName("img")))
            .as("pictures")
            .hasSizeGreaterThan(60);
        assertThat(
                browser.run("return [...document.images].filter(i => i.naturalWidth == 0).length"))
            .as("pictures that did not load")
            .isEqualTo(0L);
        assertThat(
                browser.run(
                    "return document.documentElement.scrollWidth -"
                        + " document.documentElement.clientWidth"))
            .as("overhang at %s px", width)
            .isEqualTo(0L);
        browser.saveScreenshot("evaluation-" + width + ".png");
      }
      assertThat(browser.driver.getTitle()).isEqualTo("Evaluation");
      assertFigures(browser, sample.evaluation);
    }
  }

  /** The page above is only as good as what would have been noticed. */
  @Test
  void browserNoticesWhatAPageMustNotDo() throws IOException {
    String asked = "<img src='http://127.0.0.1:9/a.png'>";
    Path open = Files.writeString(folder.resolve("open.html"), "<!DOCTYPE html>" + asked);
    String guarded = page(EvaluationReport.builder("Guarded")).replace("<main>", "<main>" + asked);
    Path closed = Files.writeString(folder.resolve("closed.html"), guarded);
    try (Browser browser = Browser.start(folder.resolve("profile"))) {
      browser.open(open, 1280);
      assertThat(browser.strangeRequests(open))
          .as("requests of a page without a policy")
          .containsExactly("http://127.0.0.1:9/a.png");
      assertThat(browser.console()).as("its console").isNotEmpty();
      browser.open(closed, 1280);
      assertThat(browser.console())
          .as("console of a page with the report's policy")
          .singleElement()
          .asString()
          .contains("Content Security Policy");
    }
  }

  private static void assertFigures(Browser browser, Evaluation evaluation) {
    Numbers numbers = new Numbers();
    List<WebElement> cells = browser.driver.findElements(By.cssSelector(".heat tbody td"));
    assertThat(cells).hasSize(100);
    for (int i = 0; i < cells.size(); i++) {
      String count = numbers.count(evaluation.confusion().count(i / 10, i % 10));
      assertThat(cells.get(i).getText()).as("true %s, read %s", i / 10, i % 10).isEqualTo(count);
    }
    String text = browser.driver.findElement(By.tagName("body")).getText();
    // Selenium gives a space that does not break as a plain one.
    assertThat(text)
        .contains(numbers.percent(evaluation.confusion().accuracy()).replace('\u00a0', ' '))
        .contains("Model", "0123abcd")
        .contains("Reading everything at or above 0.")
        .contains("12 epochs took");
    assertThat(browser.driver.findElements(By.cssSelector("#mistakes .gallery li"))).hasSize(60);
    assertThat(browser.driver.findElements(By.cssSelector("table caption")))
        .hasSize(browser.driver.findElements(By.tagName("table")).size());
  }

  @Test
  void sectionsWithoutDataSaySo() throws IOException {
    Evaluation evaluation = new Evaluation();
    evaluation.add(3, 0.99);
    String page = page(EvaluationReport.builder("Bare").evaluation(evaluation));
    assertThat(page)
        .contains("There is no record of the training.")
        .containsOnlyOnce("This needs to know what is true, and there are no labels:")
        .contains("<li>What was taken for what</li>", "<li>The worst mistakes</li>")
        .contains("There are no labels: the error rate is what")
        .doesNotContain("class=\"heat\"");
    assertThat(page(EvaluationReport.builder("Nothing"))).contains("Nothing was read.");
    evaluation.add(3, 0.99, 3);
    assertThat(page(EvaluationReport.builder("Right").evaluation(evaluation)))
        .contains("There are no wrong readings to show.")
        .doesNotContain("there are no labels");
  }

  @Test
  void everySectionRendersWithAndWithoutData() throws IOException {
    List<Section> all = List.of(Section.values());
    SampleEvaluation labelled = SampleEvaluation.labelled();
    labelled.evaluation.reject(Rejection.Reason.BLANK);
    Throughput throughput = new Throughput(10_001, 3, 4_200_000, 12.5);
    // Numbers have a test of their own: an evaluation is of digits or of numbers.
    Set<Section> ofNumbers = EnumSet.of(Section.FIELDS, Section.NUMBERS, Section.CONFLICTS);
    List<Section> ofDigits = all.stream().filter(one -> !ofNumbers.contains(one)).toList();
    assertThat(page(complete(labelled).throughput(throughput).sections(ofDigits)))
        .contains(ofDigits.stream().map(Section::heading).toList())
        .doesNotContain(ofDigits.stream().map(Section::absence).distinct().toList());
    assertThat(page(complete(SampleEvaluation.unlabelled()).sections(all)))
        .contains("at an expected error rate of");
    assertThat(page(EvaluationReport.builder("Nothing").sections(all)))
        .contains(
            all.stream()
                .filter(section -> !section.needsLabels())
                .map(Section::absence)
                .distinct()
                .toList());
  }

  @Test
  void extremesRender() throws IOException {
    List<Section> all = List.of(Section.values());
    EpochRecord diverged = new EpochRecord(1, Double.NaN, 0.1, null, null, 0.5, 0);
    Evaluation sure = new Evaluation();
    Evaluation unsure = new Evaluation();
    Evaluation gaps = new Evaluation();
    for (int i = 0; i < 5_000; i++) {
      sure.add(i % 10, 1, i % 10);
      unsure.add(3, 0.1, 4);
      gaps.add(3, i % 2 == 0 ? 0.2 : 0.9999, 3);
    }
    assertThat(page(EvaluationReport.builder("Sure").evaluation(sure).sections(all)))
        .contains(
            "Every labelled digit was read correctly.",
            "at or above 0.999999970 by machine leaves 0 of");
    assertThat(page(EvaluationReport.builder("Unsure").evaluation(unsure).sections(all)))
        .contains("No threshold is sure to keep the error rate within 0.1\u00a0%");
    assertThat(page(EvaluationReport.builder("Gaps").evaluation(gaps).targetError(0.05)))
        .contains("0.13–0.20", "0.93–1.00");
    Evaluation one = new Evaluation();
    one.add(3, 0.7, 8);
    assertThat(page(EvaluationReport.builder("One").evaluation(one).history(List.of(diverged))))
        .contains("1\u00a0epoch took", "8 read as 3, once");
  }

  @Test
  void namesFromOutsideAreOnlyText() throws IOException {
    TopSpecimens top = new TopSpecimens(Ranking.LEAST_CERTAIN, 1);
    float[] probabilities = new float[10];
    probabilities[3] = 1;
    top.offer(
        "\"><script>alert(1)</script>",
        DigitImage.of(new byte[DigitImage.SIZE]),
        Reading.of(probabilities),
        OptionalInt.empty());
    String page =
        page(
            EvaluationReport.builder("<b>")
                .fact("Archive", "<i>")
                .leastCertain(top.ranked())
                .sections(List.of(Section.LEAST_CERTAIN)));
    assertThat(page)
        .contains("&lt;script&gt;", "<h1>&lt;b&gt;</h1>", "<dd>&lt;i&gt;</dd>")
        .doesNotContain("<script");
  }

  @Test
  void sameInputGivesTheSamePage() throws IOException {
    assertThat(page(complete(SampleEvaluation.labelled())))
        .isEqualTo(page(complete(SampleEvaluation.labelled())));
  }

  private static EvaluationReport.Builder complete(SampleEvaluation sample) {
    return EvaluationReport.builder("Evaluation")
        .lead(
            "How well the model reads the 10,000 digits of the test split, none of which it saw in"
                + " training.")
        .fact("Model", "work/model, model.json 0123abcd")
        .fact("Data", "work/dataset, split test")
        .fact("Version", "0.1.0")
        .evaluation(sample.evaluation)
        .history(SampleEvaluation.history())
        .mistakes(sample.mistakes.ranked())
        .leastCertain(sample.leastCertain.ranked());
  }

  private static String page(EvaluationReport.Builder report) throws IOException {
    StringWriter page = new StringWriter();
    report.build().render(page);
    return page.toString();
  }

  private Path write(String name, EvaluationReport report) throws IOException {
    Path page = folder.resolve(name);
    try (OutputStream output = Files.newOutputStream(page)) {
      report.render(output);
    }
    return page;
  }
}
