// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import java.util.Arrays;

/** What share of all ways through a lattice reads a number, added up way by way. */
public final class LatticeShare {

  private final Lattice lattice;

  /** By node and by how many digits were read, the logarithm of the ways that lead there. */
  private final double[][] sums;

  private LatticeShare(Lattice lattice, int digits) {
    this.lattice = lattice;
    this.sums = new double[lattice.nodes()][digits + 1];
  }

  /** Returns the share's logarithm. */
  public static double log(Lattice lattice, String number) {
    return new LatticeShare(lattice, number.length()).ways(number)
        - new LatticeShare(lattice, 0).ways(null);
  }

  /**
   * Adds up.
   *
   * @param number null for any
   */
  private double ways(String number) {
    for (double[] node : sums) {
      Arrays.fill(node, Double.NEGATIVE_INFINITY);
    }
    sums[0][0] = 0;
    for (int node = 1; node < sums.length; node++) {
      for (Lattice.Arc arc : lattice.endingAt(node)) {
        int taken = arc.isDigit() && number != null ? 1 : 0;
        for (int digits = taken; digits < sums[node].length; digits++) {
          double weight =
              number == null
                  ? arc.sum()
                  : arc.weights()[taken == 0 ? 0 : number.charAt(digits - 1) - '0'];
          double way = sums[arc.from()][digits - taken] + arc.score() + Math.log(weight);
          sums[node][digits] = logSum(sums[node][digits], way);
        }
      }
    }
    return sums[sums.length - 1][sums[0].length - 1];
  }

  private static double logSum(double a, double b) {
    double most = Math.max(a, b);
    return most == Double.NEGATIVE_INFINITY
        ? most
        : most + Math.log(Math.exp(a - most) + Math.exp(b - most));
  }
}
