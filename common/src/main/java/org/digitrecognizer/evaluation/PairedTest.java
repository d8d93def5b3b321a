// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

/**
 * Whether of two networks that read the same images one is better (McNemar 1947, "Note on the
 * sampling error of the difference between correlated proportions", in its exact form: a sign test
 * on the images that one reads right and the other wrong).
 *
 * @param better images that only the new one reads right
 * @param worse images that only the old one reads right
 */
public record PairedTest(long better, long worse) {

  private static final double LOG_HALF = Math.log(0.5);

  /**
   * Returns how probable it is, 0..1, that as many or more of the images on which they differ go to
   * the new one if both are equally good.
   */
  public double pValue() {
    long differ = better + worse;
    double logTerm = differ * LOG_HALF;
    for (long k = 1; k <= better; k++) {
      logTerm += Math.log((double) (differ - k + 1) / k);
    }
    double sum = 0;
    for (long k = better; k <= differ; k++) {
      sum += Math.exp(logTerm);
      logTerm += Math.log((double) (differ - k) / (k + 1));
    }
    return Math.min(1, sum);
  }
}
