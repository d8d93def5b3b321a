// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.calibration;

/** Logarithms of factorials, to within 1e-10. */
final class LogFactorial {

  private static final double[] SMALL = new double[32];

  static {
    for (int i = 2; i < SMALL.length; i++) {
      SMALL[i] = SMALL[i - 1] + Math.log(i);
    }
  }

  private LogFactorial() {}

  /**
   * Returns ln n!; from 32 on by Stirling's series, whose error is below its first term left out.
   *
   * @param n at least 0
   */
  static double of(long n) {
    if (n < SMALL.length) {
      return SMALL[(int) n];
    }
    double inverse = 1.0 / n;
    return n * Math.log((double) n)
        - n
        + 0.5 * Math.log(2 * Math.PI * n)
        + inverse / 12
        - inverse * inverse * inverse / 360;
  }
}
