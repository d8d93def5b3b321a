// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import org.digitrecognizer.digit.DigitImage;

/**
 * Sums that come out the same in whatever order they are merged. Confidences are summed as whole
 * multiples of 2^-30: sums of doubles would differ in their last digits from one partitioning of
 * the data to another. A long holds eight billion of them.
 */
final class Counts {

  private static final double UNIT = 0x1p-30;

  private Counts() {}

  static void addTo(long[] sums, long[] others) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += others[i];
    }
  }

  /** Returns a number of 0..1 in units of 2^-30; exact for any float confidence. */
  static long units(double share) {
    return Math.round(share / UNIT);
  }

  static double fromUnits(long units) {
    return units * UNIT;
  }

  /**
   * Returns the confidence, with what float rounding puts above one taken off.
   *
   * @throws IllegalArgumentException if it is no probability
   */
  static double checkedConfidence(double confidence) {
    if (!(confidence >= 0 && confidence <= 1.0001)) {
      throw new IllegalArgumentException("A confidence is 0 to 1, not " + confidence);
    }
    return Math.min(confidence, 1);
  }

  /**
   * Returns the digit.
   *
   * @throws IllegalArgumentException if it is none
   */
  static int checkedDigit(int digit) {
    if (digit < 0 || digit >= DigitImage.CLASSES) {
      throw new IllegalArgumentException("A digit is 0 to 9, not " + digit);
    }
    return digit;
  }
}
