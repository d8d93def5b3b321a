// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

/**
 * The score interval of a share that was counted in a sample (Wilson 1927, "Probable inference, the
 * law of succession, and statistical inference", JASA 22, page 209).
 */
public final class Wilson {

  /** The normal quantile of a two-sided 95 % interval. */
  private static final double Z = 1.959964;

  private Wilson() {}

  /**
   * Returns the upper end of the 95 % interval.
   *
   * @param hits how many of the sample count, 0 to {@code sample}
   * @param sample how many were looked at
   * @return 0..1; 1 if nothing was looked at
   */
  public static double upperBound(long hits, long sample) {
    if (sample == 0) {
      return 1;
    }
    double n = sample;
    double share = hits / n;
    double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
    return (share + Z * Z / (2 * n) + half) / (1 + Z * Z / n);
  }

  /**
   * Returns how large a sample without a single hit must be for its upper bound to be this low.
   *
   * @param bound above 0, at most 1
   */
  public static long sampleWithoutHits(double bound) {
    return (long) Math.ceil(Z * Z * (1 - bound) / bound);
  }
}
