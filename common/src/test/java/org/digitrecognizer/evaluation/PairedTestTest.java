// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairedTestTest {

  /** Binomial tails that can be counted by hand. */
  @Test
  void smallTailsAreExact() {
    assertThat(new PairedTest(0, 0).pValue()).isEqualTo(1);
    assertThat(new PairedTest(5, 0).pValue()).isCloseTo(1 / 32.0, within(1e-12));
    assertThat(new PairedTest(8, 2).pValue()).isCloseTo(56 / 1024.0, within(1e-12));
    assertThat(new PairedTest(2, 8).pValue()).isCloseTo(1013 / 1024.0, within(1e-12));
  }

  /** pbinom(2549, 5000, 0.5, lower.tail = FALSE) of R. */
  @Test
  void largeCountsNeitherOverflowNorVanish() {
    assertThat(new PairedTest(2550, 2450).pValue()).isCloseTo(0.0807, within(5e-4));
    assertThat(new PairedTest(50_000, 0).pValue()).isZero();
  }
}
