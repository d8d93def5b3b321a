// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.digitrecognizer.digit.Reading;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void findsTheTemperatureThatTheLogitsWereSharpenedWith() {
    Random random = new Random(1);
    List<float[]> sharpened = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      double[] logits = random.doubles(10, -3, 3).toArray();
      labels.add(draw(softmax(logits, 1), random));
      sharpened.add(softmax(logits, 1 / 2.5));
    }
    Calibration calibration = Calibration.fit(sharpened, labels);
    assertThat(calibration.temperature()).isCloseTo(2.5, within(0.1));
    assertThat(calibration.examples()).isEqualTo(20_000);
  }

  @Test
  void isTheBestOfManyTemperaturesTried() {
    Random random = new Random(2);
    List<float[]> rows = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(softmax(random.doubles(10, -4, 4).toArray(), 1));
      labels.add(random.nextInt(3));
    }
    double best = Calibration.fit(rows, labels).temperature();
    for (double temperature = 0.1; temperature < 20; temperature *= 1.1) {
      assertThat(Calibration.loss(best, rows, labels))
          .isLessThanOrEqualTo(Calibration.loss(temperature, rows, labels) + 1e-9);
    }
  }

  @Test
  void changesConfidenceAndNeverTheDigit() {
    Random random = new Random(3);
    Calibration calibration = new Calibration(3, 1);
    for (int i = 0; i < 1000; i++) {
      float[] row = softmax(random.doubles(10, -5, 5).toArray(), 1);
      Reading calibrated = Reading.of(calibration.apply(row));
      assertThat(calibrated.digit()).isEqualTo(Reading.of(row).digit());
      assertThat(calibrated.confidence()).isLessThan(Reading.of(row).confidence());
    }
  }

  @Test
  void aTemperatureOfOneChangesNothing() {
    float[] row = softmax(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0}, 1);
    assertThat(Calibration.none().apply(row)).containsExactly(row, within(1e-6f));
  }

  @Test
  void bearsProbabilitiesOfZeroAndOne() {
    float[] sure = new float[10];
    sure[4] = 1;
    float[] calibrated = new Calibration(1.5, 1).apply(sure);
    assertThat(calibrated[4]).isCloseTo(1, within(1e-6f));
    assertThat(calibrated).doesNotContain(Float.NaN);
  }

  @Test
  void withoutExamplesThereIsNothingToFit() {
    assertThat(Calibration.fit(List.of(), List.of())).isEqualTo(Calibration.none());
  }

  @Test
  void refusesATemperatureThatIsNotAboveZero() {
    assertThatThrownBy(() -> new Calibration(0, 1))
        .hasMessage("A temperature is a number above 0, not 0.0");
    assertThatThrownBy(() -> new Calibration(Double.NaN, 1))
        .hasMessage("A temperature is a number above 0, not NaN");
  }

  private static float[] softmax(double[] logits, double temperature) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit / temperature);
    }
    float[] row = new float[logits.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (Math.exp(logits[i] / temperature) / sum);
    }
    return row;
  }

  private static int draw(float[] probabilities, Random random) {
    double left = random.nextDouble();
    int digit = 0;
    while (digit < 9 && left >= probabilities[digit]) {
      left -= probabilities[digit++];
    }
    return digit;
  }
}
