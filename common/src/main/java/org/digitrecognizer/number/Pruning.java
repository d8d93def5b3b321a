// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

/** Finds what may be dropped: sums by their powers of two, the least first. */
final class Pruning {

  private static final int POWERS = 1 << 12;

  private final double[] byPower = new double[POWERS];

  /**
   * Returns the least power of two that is kept.
   *
   * @param most what may be dropped in all
   */
  int leastKept(double[] sums, int size, double most) {
    int least = Integer.MAX_VALUE;
    int largest = Integer.MIN_VALUE;
    for (int i = 0; i < size; i++) {
      int power = Math.getExponent(sums[i]);
      byPower[power & (POWERS - 1)] += sums[i];
      least = Math.min(least, power);
      largest = Math.max(largest, power);
    }
    int kept = least;
    double dropped = 0;
    for (int power = least; power <= largest; power++) {
      dropped += byPower[power & (POWERS - 1)];
      byPower[power & (POWERS - 1)] = 0;
      kept = dropped <= most ? power + 1 : kept;
    }
    return kept;
  }
}
