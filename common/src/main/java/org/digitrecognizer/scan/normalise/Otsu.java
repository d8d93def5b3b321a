// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

/**
 * The level that parts a histogram into two classes whose means lie furthest apart (Otsu, A
 * Threshold Selection Method from Gray-Level Histograms, 1979, equation 18).
 */
final class Otsu {

  private Otsu() {}

  /**
   * @param counts how often each level occurs
   * @return the last level of the lower class; 0 if all pixels have the same level
   */
  static int threshold(int[] counts) {
    long all = 0;
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      all += counts[i];
      sum += (long) i * counts[i];
    }
    long below = 0;
    long sumBelow = 0;
    double widest = 0;
    int threshold = 0;
    for (int i = 0; i < counts.length && below < all; i++) {
      // A level that does not occur moves no pixel: the classes are those of the level before.
      if (counts[i] > 0) {
        below += counts[i];
        sumBelow += (long) i * counts[i];
        double variance = variance(below, sumBelow, all - below, sum - sumBelow);
        if (variance > widest) {
          widest = variance;
          threshold = i;
        }
      }
    }
    return threshold;
  }

  /** Returns the variance between two classes of pixels, times the square of their number. */
  private static double variance(long below, long sumBelow, long above, long sumAbove) {
    if (above == 0) {
      return 0;
    }
    double distance = (double) sumBelow / below - (double) sumAbove / above;
    return (double) below * above * distance * distance;
  }
}
