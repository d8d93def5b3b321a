package org.digitrecognizer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.digitrecognizer.digit.GreyImage;
import org.junit.jupiter.api.Test;

class ScanThumbnailTest {

  @Test
  void aSmallScanStaysWhatItIs() {
    GreyImage scan = new GreyImage(96, 10, new byte[960]);

    assertThat(ScanThumbnail.of(scan)).isSameAs(scan);
  }

  @Test
  void aLargeOneIsShrunkByAWholeFactor() {
    byte[] pixels = new byte[2000 * 500];
    Arrays.fill(pixels, (byte) 200);

    GreyImage thumbnail = ScanThumbnail.of(new GreyImage(2000, 500, pixels));

    assertThat(thumbnail.width()).isEqualTo(96);
    assertThat(thumbnail.height()).isEqualTo(24);
    assertThat(thumbnail.pixels()).containsOnly((byte) 200);
  }

  @Test
  void aLineOfPixelsKeepsOne() {
    assertThat(ScanThumbnail.of(new GreyImage(1, 5000, new byte[5000])))
        .extracting(GreyImage::width, GreyImage::height)
        .containsExactly(1, 95);
  }
}
