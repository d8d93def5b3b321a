// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.digit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "28, 28", "160, 3", "7, 160"})
  void everyProgramReadsWhatIsWritten(int width, int height) throws IOException {
    byte[] pixels = new byte[width * height];
    new Random(1).nextBytes(pixels);
    GreyImage read = Png.decode(Png.encode(new GreyImage(width, height, pixels)));
    assertThat(read.width()).isEqualTo(width);
    assertThat(read.height()).isEqualTo(height);
    assertThat(read.pixels()).isEqualTo(pixels);
  }

  @Test
  void coloursAreReadAsTheyWereDrawn() throws IOException {
    BufferedImage drawn = new BufferedImage(31, 17, BufferedImage.TYPE_INT_RGB);
    int[] colours = new Random(2).ints(31 * 17, 0, 1 << 24).toArray();
    // A row as the one above it.
    System.arraycopy(colours, 4 * 31, colours, 5 * 31, 31);
    drawn.setRGB(0, 0, 31, 17, colours, 0, 31);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(drawn)));
    assertThat(read.getColorModel().hasAlpha()).isFalse();
    assertThat(read.getRGB(0, 0, 31, 17, null, 0, 31))
        .isEqualTo(drawn.getRGB(0, 0, 31, 17, null, 0, 31));
  }

  @Test
  void whatIsNoPictureIsSaidToBeNone() {
    assertThatThrownBy(() -> Png.decode(new byte[] {1, 2, 3})).isInstanceOf(IOException.class);
  }
}
