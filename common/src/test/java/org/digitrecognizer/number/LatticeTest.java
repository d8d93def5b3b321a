// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatticeTest {

  private static final Offset<Double> CLOSE = within(1e-7);

  /** Ways of the weights 2·3, 5, and 4·7 through ink that is no digit; one leads nowhere. */
  @Test
  void sharesAreOfTheWaysFromTheFirstNodeToTheLast() {
    Lattice lattice = new Lattice(4);
    lattice.addDigit(0, 1, Math.log(2), even(), 0);
    lattice.addDigit(1, 3, Math.log(3), even(), 1);
    lattice.addDigit(0, 3, Math.log(5), even(), 2);
    lattice.addOther(0, 2, Math.log(4));
    lattice.addDigit(2, 3, Math.log(7), even(), 3);
    lattice.addDigit(0, 2, Math.log(0), even(), 4);

    double[] shares = lattice.shares(6);
    assertThat(shares[0]).isCloseTo(6.0 / 39, CLOSE);
    assertThat(shares[1]).isCloseTo(6.0 / 39, CLOSE);
    assertThat(shares[2]).isCloseTo(5.0 / 39, CLOSE);
    assertThat(shares[3]).isCloseTo(28.0 / 39, CLOSE);
    assertThat(shares[4]).isZero();
    assertThat(shares[5]).isZero();
    assertThat(Math.exp(LatticeShare.log(lattice, "00"))).isCloseTo(6.0 / 39 / 100, CLOSE);
    assertThat(Math.exp(LatticeShare.log(lattice, "3"))).isCloseTo(33.0 / 39 / 10, CLOSE);
  }

  private static float[] even() {
    float[] probabilities = new float[10];
    Arrays.fill(probabilities, 0.1f);
    return probabilities;
  }
}
