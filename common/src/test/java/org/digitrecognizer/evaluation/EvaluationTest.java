// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.evaluation.RawReadings.Raw;
import org.digitrecognizer.evaluation.files.MetricsAbout;
import org.digitrecognizer.evaluation.files.MetricsFile;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private static final List<String> FIELDS =
      List.of(
          "about",
          "images",
          "scored",
          "rejected",
          "labelled",
          "accuracy",
          "macroF1",
          "perClass",
          "confusion",
          "expectedCalibrationError",
          "confidenceHistogram",
          "automation",
          "automationBasis",
          "targetError",
          "threshold",
          "reviewCount");

  @Test
  void anyPartitioningGivesTheSameMetrics() throws Exception {
    List<Raw> readings = new ArrayList<>(RawReadings.random(5_000, 5));
    Metrics onePass = RawReadings.evaluate(readings).metrics(0.01);
    Random random = new Random(6);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(readings, random);
      List<Evaluation> parts = new ArrayList<>();
      for (int from = 0; from < readings.size(); ) {
        int to = Math.min(readings.size(), from + random.nextInt(2_000));
        parts.add(shipped(RawReadings.evaluate(readings.subList(from, to))));
        from = to;
      }
      Collections.shuffle(parts, random);
      Evaluation merged = new Evaluation();
      parts.forEach(merged::merge);
      assertThat(merged.metrics(0.01)).as("merged of %s parts", parts.size()).isEqualTo(onePass);
    }
  }

  @Test
  void rejectedAndUnlabelledAreCounted() {
    Evaluation evaluation = new Evaluation();
    evaluation.add(Reading.of(probabilities(4, 0.8f)));
    evaluation.add(Reading.of(probabilities(4, 0.8f)), 9);
    evaluation.reject(Reason.BLANK);
    Evaluation other = new Evaluation();
    other.reject(Reason.BLANK);
    other.reject(Reason.CORRUPT);
    evaluation.merge(other);
    Metrics metrics = evaluation.metrics(0.001);
    assertThat(metrics.images()).isEqualTo(5);
    assertThat(metrics.scored()).isEqualTo(2);
    assertThat(metrics.labelled()).isEqualTo(1);
    assertThat(metrics.rejected()).isEqualTo(Map.of(Reason.BLANK, 2L, Reason.CORRUPT, 1L));
    assertThat(metrics.accuracy()).isZero();
    assertThat(metrics.confidenceHistogram().get(16)).as("0.80 to 0.85").isEqualTo(2);
    assertThat(evaluation.reads()[4]).isEqualTo(2);
  }

  @Test
  void refusedReadingLeavesNoTrace() {
    Evaluation evaluation = new Evaluation();
    assertThatIllegalArgumentException().isThrownBy(() -> evaluation.add(3, Double.NaN, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> evaluation.add(10, 0.5));
    assertThat(evaluation.metrics(0.001)).isEqualTo(new Evaluation().metrics(0.001));
  }

  @Test
  void jsonHasTheNamesOfTheContract() throws IOException {
    Evaluation evaluation = RawReadings.evaluate(RawReadings.random(20_000, 7));
    evaluation.reject(Reason.BLANK);
    JsonNode json = json(evaluation.metrics(0.01));
    assertThat(json.fieldNames()).toIterable().containsExactlyElementsOf(FIELDS);
    assertThat(json.get("images").asLong()).isEqualTo(20_001);
    assertThat(json.get("rejected").toString()).isEqualTo("{\"BLANK\":1}");
    assertThat(json.get("perClass")).hasSize(10);
    assertThat(json.get("perClass").get(3).fieldNames())
        .toIterable()
        .containsExactly("digit", "precision", "recall", "f1", "support");
    assertThat(json.get("confusion")).hasSize(10).allSatisfy(row -> assertThat(row).hasSize(10));
    assertThat(json.get("confusion").get(8).get(9).asLong())
        .as("true 8, read 9")
        .isEqualTo(evaluation.confusion().count(8, 9))
        .isPositive();
    assertThat(json.get("confidenceHistogram")).hasSize(20);
    assertThat(json.get("automation").get(0).fieldNames())
        .toIterable()
        .containsExactly("threshold", "automated", "errorRate");
    assertThat(json.get("automation").get(0).get("automated").asDouble()).isEqualTo(1);
    assertThat(json.get("automationBasis").asText()).isEqualTo("labels");
    assertThat(json.get("targetError").asDouble()).isEqualTo(0.01);
  }

  @Test
  void withoutLabelsWhatNeedsThemIsNull() throws IOException {
    Evaluation evaluation = new Evaluation();
    RawReadings.random(1_000, 8).forEach(raw -> evaluation.add(raw.read(), raw.confidence()));
    JsonNode json = json(evaluation.metrics(0.001));
    assertThat(FIELDS.stream().filter(field -> json.get(field).isNull()))
        .containsExactly(
            "accuracy", "macroF1", "perClass", "confusion", "expectedCalibrationError");
    assertThat(json.get("automationBasis").asText()).isEqualTo("calibration");
    assertThat(json.get("automation")).isNotEmpty();
  }

  @Test
  void nothingAtAllIsStillValid() throws IOException {
    JsonNode json = json(new Evaluation().metrics(0.001));
    assertThat(json.get("automation")).isEmpty();
    assertThat(json.get("threshold").isNull()).isTrue();
    assertThat(json.get("reviewCount").asLong()).isZero();
  }

  @Test
  void undefinedRatesAreNullAndNeverNaN() throws IOException {
    Evaluation evaluation = new Evaluation();
    evaluation.add(1, 0.9, 1);
    evaluation.add(1, 0.95);
    JsonNode json = json(evaluation.metrics(0.001));
    assertThat(json.toString()).doesNotContain("NaN");
    assertThat(json.get("perClass").get(5).get("precision").isNull()).isTrue();
    assertThat(json.get("automation").get(1).get("errorRate").isNull())
        .as("no label at or above 0.95")
        .isTrue();
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Metrics metrics = RawReadings.evaluate(RawReadings.random(1_000, 9)).metrics(0.01);
    assertThat(MetricsFile.read(new ByteArrayInputStream(bytes(metrics)), "metrics.json"))
        .isEqualTo(metrics);
  }

  @Test
  void saysWhatItIsAbout() throws IOException {
    JsonNode about = json(new Evaluation().metrics(0.01)).get("about");
    assertThat(about.get("formatVersion").asInt()).isEqualTo(1);
    assertThat(about.get("modelSha256").asText()).isEqualTo("a1");
    assertThat(about.get("formSha256").isNull()).isTrue();
    assertThat(about.get("run").asLong()).isEqualTo(3);
    assertThat(about.get("writtenAt").asText()).matches("\\d{4}-.*Z");
    assertThat(about.get("seconds").asDouble()).isEqualTo(1.5);
  }

  @Test
  void damagedFileIsNamed() {
    byte[] half = "{\"images\": 5, ".getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> MetricsFile.read(new ByteArrayInputStream(half), "x/metrics.json"))
        .withMessageStartingWith("x/metrics.json is no metrics.json: ");
  }

  private static float[] probabilities(int digit, float confidence) {
    float[] probabilities = new float[10];
    Arrays.fill(probabilities, (1 - confidence) / 9);
    probabilities[digit] = confidence;
    return probabilities;
  }

  private static byte[] bytes(Metrics metrics) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MetricsFile.write(metrics, MetricsAbout.now("a1", null, 3L, 1.5), bytes);
    return bytes.toByteArray();
  }

  private static JsonNode json(Metrics metrics) throws IOException {
    return new ObjectMapper().readTree(bytes(metrics));
  }

  private static Evaluation shipped(Evaluation evaluation) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
      output.writeObject(evaluation);
    }
    try (ObjectInputStream input =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Evaluation) input.readObject();
    }
  }
}
