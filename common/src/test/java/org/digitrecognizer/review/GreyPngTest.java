package org.digitrecognizer.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.digitrecognizer.digit.GreyImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GreyPngTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "28, 28", "160, 3", "7, 160"})
  void everyProgramReadsWhatIsWritten(int width, int height) throws IOException {
    byte[] pixels = new byte[width * height];
    new Random(1).nextBytes(pixels);
    GreyImage read = GreyPng.decode(GreyPng.encode(new GreyImage(width, height, pixels)));
    assertThat(read.width()).isEqualTo(width);
    assertThat(read.height()).isEqualTo(height);
    assertThat(read.pixels()).isEqualTo(pixels);
  }

  @Test
  void whatIsNoPictureIsSaidToBeNone() {
    assertThatThrownBy(() -> GreyPng.decode(new byte[] {1, 2, 3})).isInstanceOf(IOException.class);
  }
}
