// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallMnist;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoredFairSampleTest {

  private static final int DIGITS = 300;

  /** What so small a model keeps, whichever half of the labels tests it. */
  private static final String TARGET = "0.75";

  /** What the small model expects of its own surest. */
  private static final String UNLABELLED = "0.75";

  @TempDir private Path directory;
  private Night night;

  @BeforeEach
  void archive() throws IOException {
    night = new Night(directory);
    night.put("night.zip", Scans.zip(Scans.pngs(0, DIGITS)));
  }

  /** Labels of what a person has looked at are of what is hard to read. */
  @Test
  void labelsThatAreNoFairSampleChooseNoThreshold() throws IOException {
    night.score("--target-error", UNLABELLED).succeeded();
    JsonNode before = night.metrics();
    assertThat(before.get("threshold").isNumber()).as(before.toString()).isTrue();

    CommandRun run = night.score("--target-error", UNLABELLED, "--labels", labels(8)).succeeded();
    assertThat(run.out())
        .contains(" of 8\u00a0labelled readings are read as their labels say")
        .contains("a person: file:" + night.output().resolve("report/review/index.html"));

    JsonNode after = night.metrics();
    assertThat(after.get("labelled").asInt()).isEqualTo(8);
    assertThat(after.get("threshold")).isEqualTo(before.get("threshold"));
    assertThat(after.get("reviewCount")).isEqualTo(before.get("reviewCount"));
    assertThat(after.get("automationBasis").asText()).isEqualTo("calibration");
    assertThat(night.output().resolve("report/index.html"))
        .content()
        .contains("The labels are not said to be a fair sample")
        .contains("read otherwise than their labels say");
    assertThat(night.output().resolve("calibration.json")).doesNotExist();
  }

  @Test
  void aFairSampleChoosesTheThresholdHereAndElsewhere() throws IOException {
    CommandRun run =
        night.score("--target-error", TARGET, "--labels", labels(DIGITS), "--fair-sample");

    assertThat(run.succeeded().out())
        .contains("of a fair sample were wrong: with 95 % confidence at most")
        .contains("Calibration: " + night.output().resolve("calibration.json"));
    JsonNode site = night.json("calibration.json");
    double threshold = site.get("threshold").asDouble(2);
    assertThat(threshold).as(site.toString()).isLessThan(1);
    assertThat(site.get("fittedOn").asInt() + site.get("testedOn").asInt()).isEqualTo(DIGITS);
    assertThat(night.metrics().get("threshold").asDouble()).isEqualTo(threshold);
    assertThat(queue(night)).isEqualTo(below(night, threshold));

    Night other = new Night(Files.createDirectories(directory.resolve("other")));
    other.put("later.zip", Scans.zip(Scans.pngs(100, 80)));
    String file = night.output().resolve("calibration.json").toString();
    other.score("--target-error", TARGET, "--calibration", file).succeeded();
    assertThat(other.metrics().get("threshold").asDouble()).isEqualTo(threshold);
    assertThat(queue(other)).isEqualTo(below(other, threshold));
    assertThat(other.output().resolve("calibration.json")).doesNotExist();

    night.score("--target-error", TARGET, "--overwrite").succeeded();
    assertThat(night.json("calibration.json")).as("is the site's").isEqualTo(site);
  }

  @Test
  void whereNothingIsShownAllGoesToAPerson() throws IOException {
    assertThat(
            night
                .score("--target-error", "0.01", "--labels", labels(40), "--fair-sample")
                .succeeded()
                .out())
        .contains("No threshold is shown to keep the error rate within 1")
        .contains("of a fair sample would do, and it has 40.");
    assertThat(night.metrics().get("threshold").isNull()).isTrue();
    assertThat(queue(night)).isEqualTo((long) DIGITS);
    assertThat(night.json("calibration.json").get("labelsNeeded").asInt()).isGreaterThan(500);
  }

  @Test
  void refusesTheCalibrationOfAnotherModelOrTarget() throws IOException {
    Path file = directory.resolve("site.json");
    Files.writeString(
        file, "{\"format\":1,\"modelSha256\":\"ab\",\"targetError\":0.3,\"temperature\":1}");
    assertThat(night.score("--calibration", file.toString()).failed())
        .contains("site.json is of another model (SHA-256 ab, and not ")
        .hasLineCount(1);
    Files.writeString(file, "{}");
    assertThat(night.score("--calibration", file.toString()).failed())
        .contains("site.json is no calibration.json (");
    Files.delete(file);
    assertThat(night.score("--calibration", file.toString()).failed())
        .contains("site.json is missing; make one with score --labels");
    assertThat(night.score("--fair-sample").refused())
        .contains("'--fair-sample': true (must be left out where there is no --labels");

    night.score("--target-error", TARGET, "--labels", labels(20), "--fair-sample").succeeded();
    String made = night.output().resolve("calibration.json").toString();
    assertThat(night.score("--target-error", "0.1", "--calibration", made).failed())
        .contains("calibration.json is for --target-error 0.75, and not for 0.1; ");
  }

  private String labels(int count) throws IOException {
    StringBuilder labels = new StringBuilder("entry,label\n");
    List<LabelledDigit> digits = SmallMnist.test(count);
    for (int i = 0; i < count; i++) {
      labels.append("%05d.png,%d%n".formatted(i, digits.get(i).label()));
    }
    return Files.writeString(directory.resolve("labels.csv"), labels).toString();
  }

  private static long queue(Night night) throws IOException {
    return Files.readAllLines(night.output().resolve("report/review.csv")).size() - 1L;
  }

  private static long below(Night night, double threshold) {
    return night.predictions().stream()
        .filter(row -> row.<Double>getAs("confidence") < threshold)
        .count();
  }
}
