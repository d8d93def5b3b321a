// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up readings whose every figure can be told by brute force from the raw list. */
final class RawReadings {

  /** One reading; the confidence is a float, as a network gives it. */
  record Raw(int read, double confidence, int truth) {
    boolean wrong() {
      return read != truth;
    }
  }

  private RawReadings() {}

  /** Returns readings most of which are sure and right, a few of them exactly sure. */
  static List<Raw> random(int count, long seed) {
    Random random = new Random(seed);
    List<Raw> readings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float confidence = (float) (1 - 0.9 * Math.pow(random.nextDouble(), 12));
      int truth = random.nextInt(10);
      boolean wrong = random.nextDouble() > confidence;
      readings.add(new Raw(wrong ? (truth + 1) % 10 : truth, confidence, truth));
    }
    return readings;
  }

  static Evaluation evaluate(List<Raw> readings) {
    Evaluation evaluation = new Evaluation();
    readings.forEach(raw -> evaluation.add(raw.read(), raw.confidence(), raw.truth()));
    return evaluation;
  }
}
