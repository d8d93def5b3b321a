// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.specimen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.digitrecognizer.digit.GreyImage;
import org.junit.jupiter.api.Test;

class ThumbnailTest {

  @Test
  void smallScansStayAsTheyAre() {
    byte[] pixels = new byte[96 * 2];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    GreyImage kept = thumbnail(new GreyImage(96, 2, pixels));
    assertThat(kept.width()).isEqualTo(96);
    assertThat(kept.height()).isEqualTo(2);
    assertThat(kept.pixels()).isEqualTo(pixels).isNotSameAs(pixels);
  }

  /** A ramp from black to white, so that each new pixel's shade tells which old ones it is of. */
  @Test
  void largeScansShrinkToTheMeanOfWhatEachPixelCovers() {
    int width = 1001;
    int height = 300;
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (255 * (i % width) / width);
    }
    GreyImage kept = thumbnail(new GreyImage(width, height, pixels));
    assertThat(kept.width()).isEqualTo(96);
    assertThat(kept.height()).isEqualTo(29);
    for (int i = 0; i < kept.pixels().length; i++) {
      double expected = 255 * (i % 96 + 0.5) / 96;
      assertThat((double) (kept.pixels()[i] & 0xff)).isBetween(expected - 1.5, expected + 1.5);
    }
  }

  @Test
  void aLineStaysALine() {
    GreyImage kept = thumbnail(new GreyImage(5_000, 1, new byte[5_000]));
    assertThat(kept.width()).isEqualTo(96);
    assertThat(kept.height()).isEqualTo(1);
  }

  private static GreyImage thumbnail(GreyImage scan) {
    return Thumbnail.image(Thumbnail.orNull(Optional.of(scan))).orElseThrow();
  }
}
