// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.Automation;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.OperatingPoint;
import org.junit.jupiter.api.Test;

class PicturedTest {

  private static Reading reading(double confidence) {
    float[] probabilities = new float[10];
    probabilities[3] = (float) confidence;
    probabilities[4] = (float) (1 - confidence);
    return Reading.of(probabilities);
  }

  @Test
  void whatGoesToAPersonByTheTargetIsKept() {
    Pictured pictured = Pictured.of(0.01, false);
    assertThat(pictured.keeps(reading(0.9), OptionalInt.empty())).isTrue();
    assertThat(pictured.keeps(reading(0.9999), OptionalInt.empty())).isFalse();
    assertThat(pictured.keeps(reading(0.9999), OptionalInt.of(3))).isFalse();
    assertThat(pictured.keeps(reading(0.9999), OptionalInt.of(4))).as("a mistake").isTrue();
  }

  @Test
  void noErrorAllowedLeavesAllToAPerson() {
    Pictured pictured = Pictured.of(0, false);
    assertThat(pictured.keeps(reading(1), OptionalInt.empty())).isTrue();
  }

  /** Whatever the mixture of sure and unsure readings, what is below the threshold is kept. */
  @Test
  void whatIsBelowTheThresholdThatCalibrationChoosesIsKept() {
    for (double target : new double[] {0.5, 0.01, 0.001, 0.0001}) {
      for (double share = 0.01; share < 1; share += 0.09) {
        int unsure = (int) (share * 1000);
        double[] confidences =
            IntStream.range(0, 1000)
                .mapToDouble(i -> 1 - (i < unsure ? target * i / 100 : target * i / 1e6))
                .map(confidence -> Math.max(0.2, confidence))
                .toArray();
        Evaluation evaluation = new Evaluation();
        Arrays.stream(confidences).forEach(confidence -> evaluation.add(3, confidence));
        double threshold =
            evaluation
                .automation(Automation.Basis.CALIBRATION, target)
                .chosen()
                .map(OperatingPoint::threshold)
                .orElse(1.0);
        double below = Pictured.of(target, false).below();
        assertThat(Arrays.stream(confidences).filter(c -> c < threshold))
            .as("target %s, %s of 1000 unsure", target, unsure)
            .allMatch(confidence -> confidence < below);
      }
    }
  }
}
