// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

/**
 * Which sample is white, where the file does not say: a camera of 12 bits writes them into 16, and
 * floating points reach from 0 to 1 with some programs and to 255 with others.
 */
final class SampleRange {

  private static final double[] WHITES = {255, 1023, 4095, 16383, 65535, 0x1p32 - 1};

  /** Sharpening makes some pixels brighter than white. */
  private static final double OVERSHOOT = 2;

  private static final int LEVELS = 255;

  private SampleRange() {}

  /**
   * Returns the white that an image was most likely made with.
   *
   * @param most its largest sample; 0 or more
   * @param isFloating whether the samples are floating points
   */
  static double white(double most, boolean isFloating) {
    if (isFloating && most <= OVERSHOOT) {
      return 1;
    }
    for (double white : WHITES) {
      if (most <= white) {
        return white;
      }
    }
    return most;
  }

  /** Returns a sample as one of 0 to 255. */
  static int scaled(double sample, double white) {
    return (int) Math.min(LEVELS, sample * LEVELS / white + 0.5);
  }
}
