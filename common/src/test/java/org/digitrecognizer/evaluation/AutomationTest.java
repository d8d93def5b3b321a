// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.digitrecognizer.evaluation.Automation.Basis;
import org.digitrecognizer.evaluation.NumberOutcome.Kind;
import org.digitrecognizer.evaluation.RawReadings.Raw;
import org.junit.jupiter.api.Test;

class AutomationTest {

  @Test
  void pointsAgreeWithBruteForce() {
    List<Raw> readings = RawReadings.random(20_000, 2);
    Automation automation = RawReadings.evaluate(readings).automation(Basis.LABELS, 0.01);
    assertThat(automation.curve()).as("points").hasSizeBetween(50, 250);
    for (OperatingPoint point : automation.curve()) {
      List<Raw> above =
          readings.stream().filter(raw -> raw.confidence() >= point.threshold()).toList();
      long wrong = above.stream().filter(Raw::wrong).count();
      assertThat(point.automated()).as("at or above %s", point.threshold()).isEqualTo(above.size());
      assertThat(point.review()).isEqualTo(readings.size() - above.size());
      assertThat(point.wrong()).as("wrong at or above %s", point.threshold()).isEqualTo(wrong);
      assertThat(point.errorRate()).isEqualTo((double) wrong / above.size());
    }
  }

  @Test
  void expectedErrorIsTheMeanDoubt() {
    List<Raw> readings = RawReadings.random(20_000, 3);
    Automation automation = RawReadings.evaluate(readings).automation(Basis.CALIBRATION, 0.001);
    OperatingPoint chosen = automation.chosen().orElseThrow();
    double doubt =
        readings.stream()
            .filter(raw -> raw.confidence() >= chosen.threshold())
            .mapToDouble(raw -> 1 - raw.confidence())
            .average()
            .orElseThrow();
    assertThat(chosen.errorRate()).isCloseTo(doubt, within(1e-9)).isLessThanOrEqualTo(0.001);
    assertThat(automation.curve()).as("the chosen is on the curve").contains(chosen);
  }

  @Test
  void chosenThresholdIsTheLowestThatKeepsTheTarget() {
    List<Raw> readings = RawReadings.random(3_000, 4);
    for (double target : new double[] {0.0005, 0.001, 0.01, 0.05}) {
      double lowest =
          readings.stream()
              .mapToDouble(Raw::confidence)
              .filter(threshold -> expectedError(readings, threshold) <= target)
              .min()
              .orElseThrow();
      double chosen =
          RawReadings.evaluate(readings)
              .automation(Basis.CALIBRATION, target)
              .chosen()
              .orElseThrow()
              .threshold();
      assertThat(1 - chosen)
          .as("doubt at the threshold for %s: a bin's width from the exact one", target)
          .isCloseTo(1 - lowest, within(0.03 * (1 - lowest)));
    }
  }

  @Test
  void labelsChooseByTheUpperBound() {
    Evaluation evaluation = new Evaluation();
    for (int i = 0; i < 10_000; i++) {
      evaluation.add(3, 0.9999, 3);
    }
    for (int i = 0; i < 100; i++) {
      evaluation.add(3, 0.75, i < 50 ? 3 : 5);
    }
    Automation automation = evaluation.automation(Basis.LABELS, 0.001);
    OperatingPoint chosen = automation.chosen().orElseThrow();
    assertThat(chosen.threshold()).isBetween(0.9998, 0.9999);
    assertThat(chosen.review()).isEqualTo(100);
    assertThat(chosen.errorRate()).isZero();
    assertThat(chosen.errorBound()).as("3.84 / (10,000 + 3.84)").isCloseTo(3.84e-4, within(1e-6));
  }

  @Test
  void tooFewLabelsChooseNothing() {
    Evaluation evaluation = new Evaluation();
    for (int i = 0; i < 3_000; i++) {
      evaluation.add(3, 0.9999, 3);
    }
    assertThat(evaluation.automation(Basis.LABELS, 0.001).chosen())
        .as("3,000 without an error do not show an error rate of 0.1 %")
        .isEmpty();
    assertThat(Wilson.sampleWithoutHits(0.001)).isEqualTo(3_838);
    assertThat(evaluation.metrics(0.001).threshold()).isNull();
    assertThat(evaluation.metrics(0.001).reviewCount()).isEqualTo(3_000);
  }

  @Test
  void upperBoundIsWilsons() {
    // The interval of 10 in 100 at 95 % is 5.52 % to 17.44 % in textbooks.
    assertThat(Wilson.upperBound(10, 100)).isCloseTo(0.1744, within(5e-5));
    assertThat(Wilson.upperBound(0, 0)).isEqualTo(1);
    assertThat(Wilson.upperBound(100, 100)).isCloseTo(1, within(1e-12));
  }

  @Test
  void edgesOfBinsAreExact() {
    for (int i = 0; i < ConfidenceBins.COUNT; i++) {
      double threshold = ConfidenceBins.threshold(i);
      assertThat(ConfidenceBins.index(threshold)).as("bin of %s", threshold).isEqualTo(i);
      if (i > 0 && i < ConfidenceBins.COUNT - 1) {
        assertThat(ConfidenceBins.index(threshold - 0x1p-40)).as("below").isEqualTo(i + 1);
        assertThat(ConfidenceBins.index(threshold + 0x1p-40)).as("above").isEqualTo(i);
      }
    }
    assertThat(ConfidenceBins.index(1)).isZero();
    assertThat(ConfidenceBins.index(0)).isEqualTo(ConfidenceBins.COUNT - 1);
    assertThat(ConfidenceBins.threshold(ConfidenceBins.COUNT - 1)).isZero();
  }

  private static double expectedError(List<Raw> readings, double threshold) {
    return readings.stream()
        .mapToDouble(Raw::confidence)
        .filter(confidence -> confidence >= threshold)
        .map(confidence -> 1 - confidence)
        .average()
        .orElseThrow();
  }

  /** The bound of one test says nothing of the best of many. */
  @Test
  void aThresholdBelowOneThatFailedIsNotChosen() {
    Evaluation evaluation = new Evaluation();
    addLabelled(evaluation, 100_000, 0.9999, 3);
    addLabelled(evaluation, 300, 0.99, 4);
    addLabelled(evaluation, 1_000_000, 0.9, 3);
    assertThat(evaluation.automation(Automation.Basis.LABELS, 0.001).chosen())
        .hasValueSatisfying(point -> assertThat(point.threshold()).isGreaterThan(0.99));
  }

  /** Errors at the target, spread evenly: hardly a sample may show that they are fewer. */
  @Test
  void theBoundHoldsAfterChoosing() {
    Random random = new Random(11);
    int found = 0;
    for (int draw = 0; draw < 400; draw++) {
      Evaluation evaluation = new Evaluation();
      for (int i = 0; i < 3_000; i++) {
        evaluation.add(3, 1 - 0.5 * random.nextDouble(), random.nextDouble() < 0.02 ? 4 : 3);
      }
      found += evaluation.automation(Basis.LABELS, 0.02).chosen().isPresent() ? 1 : 0;
    }
    assertThat(found).as("of 400 samples of which no threshold keeps the target").isBetween(1, 20);
  }

  private static void addLabelled(Evaluation evaluation, int count, double confidence, int truth) {
    for (int i = 0; i < count; i++) {
      evaluation.add(3, confidence, truth);
    }
  }

  /** However many errors are allowed: there is nothing that could stand. */
  @Test
  void whatTheRuleAllowsNoneOfGoesToAPerson() {
    Evaluation evaluation = new Evaluation();
    for (int i = 0; i < 9; i++) {
      evaluation.add(new NumberOutcome("meter", Kind.READ, 0.99, 1, null));
    }
    evaluation.add(new NumberOutcome("meter", Kind.NONE_ALLOWED, 0, 0, null));
    assertThat(evaluation.automation(Basis.CALIBRATION, 0.5).chosen())
        .hasValueSatisfying(
            point -> {
              assertThat(point.automated()).isEqualTo(9);
              assertThat(point.review()).isEqualTo(1);
            });
  }
}
