// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InkSelectionTest {

  private static final int SIDE = 40;

  private final byte[] ink = new byte[SIDE * SIDE];

  /** Three bars one above the other, as a 3 whose stroke is broken twice leaves them. */
  @ParameterizedTest
  @CsvSource({"6, NONE", "11, ONE"})
  void takesPiecesOfOneSizeForAPatternUnlessTheyStandOut(double signal, InkSelection.Kind kind) {
    for (int bar = 0; bar < 3; bar++) {
      for (int y = 0; y < 5; y++) {
        int from = (6 + bar * 11 + y) * SIDE + 10;
        Arrays.fill(ink, from, from + 18, (byte) 255);
      }
    }
    Components parts = new Components();
    parts.find(ink, SIDE, SIDE, InkSelection.LEVEL);
    assertThat(new InkSelection().select(parts, ink, signal, SIDE, SIDE)).isEqualTo(kind);
  }
}
