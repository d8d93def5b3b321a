// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.digit;

import java.io.Serializable;

/**
 * What the network makes of an image as two digits side by side.
 *
 * @param probability that it is two, 0..1
 * @param left ten probabilities, of the left digit if it is two, together 1
 * @param right the same of the right digit
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record PairReading(double probability, float[] left, float[] right) implements Serializable {

  /**
   * Reads the network's output for pairs.
   *
   * @param probabilities a hundred, of the pairs 00 to 99, together at most 1
   */
  public static PairReading of(float[] probabilities) {
    float[] left = new float[DigitImage.CLASSES];
    float[] right = new float[DigitImage.CLASSES];
    float sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      left[i / DigitImage.CLASSES] += probabilities[i];
      right[i % DigitImage.CLASSES] += probabilities[i];
      sum += probabilities[i];
    }
    for (int digit = 0; digit < DigitImage.CLASSES; digit++) {
      left[digit] = sum > 0 ? left[digit] / sum : 1f / DigitImage.CLASSES;
      right[digit] = sum > 0 ? right[digit] / sum : 1f / DigitImage.CLASSES;
    }
    return new PairReading(Math.min(1, sum), left, right);
  }

  /** Returns the probability of the most probable pair, if it is one. */
  public double certainty() {
    return (double) most(left) * most(right);
  }

  private static float most(float[] probabilities) {
    float most = 0;
    for (float probability : probabilities) {
      most = Math.max(most, probability);
    }
    return most;
  }
}
