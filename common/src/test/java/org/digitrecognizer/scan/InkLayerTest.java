// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.digitrecognizer.digit.DigitImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InkLayerTest {

  @ParameterizedTest
  @CsvSource({
    "40, 80, 10, 20",
    "40, 40, 20, 20",
    "44, 40, 22, 20",
    "52, 40, 26, 20",
    "80, 40, 26, 13"
  })
  void whatIsWiderThanTallMayFillMoreColumns(int width, int height, int columns, int rows) {
    byte[] ink = new byte[width * height];
    Arrays.fill(ink, (byte) 255);

    DigitImage piece = new InkLayer(width, height, ink, 1).piece();

    boolean[] across = new boolean[DigitImage.WIDTH];
    boolean[] down = new boolean[DigitImage.HEIGHT];
    for (int i = 0; i < DigitImage.SIZE; i++) {
      boolean inked = piece.ink(i / DigitImage.WIDTH, i % DigitImage.WIDTH) > 0;
      across[i % DigitImage.WIDTH] |= inked;
      down[i / DigitImage.WIDTH] |= inked;
    }
    assertThat(count(across)).as("columns").isEqualTo(columns);
    assertThat(count(down)).as("rows").isEqualTo(rows);
    assertThat(across[0] || across[27]).as("paper beside it").isFalse();
  }

  private static int count(boolean[] inked) {
    int count = 0;
    for (boolean each : inked) {
      count += each ? 1 : 0;
    }
    return count;
  }
}
