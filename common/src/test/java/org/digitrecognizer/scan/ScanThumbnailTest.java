// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.digitrecognizer.digit.GreyImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanThumbnailTest {

  @Test
  void whatIsSmallStaysAsItIs() {
    GreyImage scan = grey(160, 30, 7);
    assertThat(ScanThumbnail.of(scan)).isSameAs(scan);
  }

  @ParameterizedTest
  @CsvSource({"161, 161, 160, 160", "1000, 500, 160, 80", "3, 4000, 1, 160", "320, 240, 160, 120"})
  void theLongerSideBecomesAsLongAsItMay(int width, int height, int newWidth, int newHeight) {
    GreyImage thumbnail = ScanThumbnail.of(grey(width, height, 200));
    assertThat(thumbnail.width()).isEqualTo(newWidth);
    assertThat(thumbnail.height()).isEqualTo(newHeight);
    assertThat(thumbnail.pixels()).containsOnly((byte) 200);
  }

  @Test
  void aPixelIsTheMeanOfWhatItCovers() {
    GreyImage scan = grey(320, 2, 100);
    scan.pixels()[0] = (byte) 200;
    assertThat(ScanThumbnail.of(scan).pixels()[0]).isEqualTo((byte) 125);
  }

  private static GreyImage grey(int width, int height, int shade) {
    byte[] pixels = new byte[width * height];
    Arrays.fill(pixels, (byte) shade);
    return new GreyImage(width, height, pixels);
  }
}
