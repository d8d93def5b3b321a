// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class BinomialTestTest {

  /** Without a hit the bound is 1 - 0.025^(1/n). */
  @Test
  void agreesWithTheClosedForm() {
    for (int sample : new int[] {1, 10, 149, 100_000}) {
      assertThat(BinomialTest.upperBound(0, sample))
          .as("0 of %s", sample)
          .isCloseTo(1 - Math.pow(0.025, 1.0 / sample), within(1e-9));
    }
  }

  @Test
  void agreesWithTextbooks() {
    // The interval of 10 in 100 at 95 % is 4.90 % to 17.62 %.
    assertThat(BinomialTest.upperBound(10, 100)).isCloseTo(0.1762, within(5e-5));
    assertThat(BinomialTest.upperBound(0, 0)).isEqualTo(1);
    assertThat(BinomialTest.upperBound(5, 5)).isEqualTo(1);
  }

  @Test
  void theMostHitsAreThoseWhoseBoundKeeps() {
    for (double bound : new double[] {0.001, 0.02, 0.3}) {
      for (int sample : new int[] {0, 1, 30, 182, 183, 500, 20_000}) {
        long most = BinomialTest.mostHits(sample, bound);
        String name = most + " of " + sample + " below " + bound;
        if (most >= 0) {
          assertThat(BinomialTest.upperBound(most, sample)).as(name).isLessThanOrEqualTo(bound);
        }
        assertThat(BinomialTest.upperBound(most + 1, sample)).as(name).isGreaterThan(bound);
      }
    }
    assertThat(BinomialTest.mostHits(183, 0.02)).isZero();
    assertThat(BinomialTest.mostHits(182, 0.02)).isEqualTo(-1);
    assertThat(BinomialTest.mostHits(1_000, 0)).as("no error allowed").isEqualTo(-1);
  }

  @Test
  void factorials() {
    BigInteger factorial = BigInteger.ONE;
    for (int n = 1; n <= 100; n++) {
      factorial = factorial.multiply(BigInteger.valueOf(n));
      assertThat(LogFactorial.of(n))
          .as("ln %s!", n)
          .isCloseTo(Math.log(factorial.doubleValue()), within(1e-9));
    }
  }
}
