// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.calibration;

/**
 * Exact bounds on a share that was counted in a sample (Clopper and Pearson 1934, "The use of
 * confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26, page 404):
 * the upper end of the two-sided 95 % interval, as everywhere here.
 */
final class BinomialTest {

  /** How often a share that is not below a bound may be taken for one that is. */
  static final double RISK = 0.025;

  private static final int HALVINGS = 60;

  private BinomialTest() {}

  /**
   * Returns how many hits a sample may have at most for the share to be shown to be below a bound.
   *
   * @param sample how many were looked at, at least 0
   * @param bound 0..1
   * @return -1 if not even a sample without hits shows it
   */
  static long mostHits(long sample, double bound) {
    if (bound <= 0) {
      return -1;
    }
    long hits = -1;
    double atMost = 0;
    while (hits < sample - 1) {
      atMost += term(hits + 1, sample, bound);
      if (atMost > RISK) {
        return hits;
      }
      hits++;
    }
    return hits;
  }

  /**
   * Returns the upper end of the 95 % interval.
   *
   * @param hits 0 to {@code sample}
   * @param sample how many were looked at
   * @return 0..1; 1 if nothing was looked at
   */
  static double upperBound(long hits, long sample) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS && hits < sample; i++) {
      double middle = (low + high) / 2;
      if (atMost(hits, sample, middle) > RISK) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** Returns how probable it is that of so many no more than {@code hits} are. */
  private static double atMost(long hits, long sample, double share) {
    double sum = 0;
    for (long i = 0; i <= hits; i++) {
      sum += term(i, sample, share);
    }
    return sum;
  }

  private static double term(long hits, long sample, double share) {
    return Math.exp(
        LogFactorial.of(sample)
            - LogFactorial.of(hits)
            - LogFactorial.of(sample - hits)
            + hits * Math.log(share)
            + (sample - hits) * Math.log1p(-share));
  }
}
