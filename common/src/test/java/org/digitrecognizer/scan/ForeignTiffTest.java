// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TIFF as other programs write it. */
class ForeignTiffTest {

  private static final int GREY = 1;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int EXTRA_SAMPLES = 338;
  private static final int SAMPLE_FORMAT = 339;

  @Test
  void aSampleThatIsNoAlphaIsNone() {
    byte[] pixels = {10, 10, 10, 0, 90, 90, 90, 7};
    byte[] tiff = image(2, 4, 8, RGB, pixels).tag(EXTRA_SAMPLES, 0).bytes();
    assertThat(Decoding.levels(tiff)).containsExactly(10, 90);

    byte[] greys = {10, 0, 90, 7};
    assertThat(Decoding.levels(image(2, 2, 8, GREY, greys).tag(EXTRA_SAMPLES, 0).bytes()))
        .containsExactly(10, 90);
  }

  @Test
  void alphaIsFoundWhereverItStands() {
    byte[] pixels = {10, 10, 10, 0, -1, 90, 90, 90, -1, 0};
    assertThat(Decoding.levels(image(2, 5, 8, RGB, pixels).tag(EXTRA_SAMPLES, 0, 2).bytes()))
        .as("alpha is the last")
        .containsExactly(10, 255);
    assertThat(Decoding.levels(image(2, 5, 8, RGB, pixels).tag(EXTRA_SAMPLES, 2, 0).bytes()))
        .as("alpha is the one before")
        .containsExactly(255, 90);
    assertThat(Decoding.levels(image(2, 5, 8, RGB, pixels).tag(EXTRA_SAMPLES, 2).bytes()))
        .as("not all are named")
        .containsExactly(255, 90);
  }

  @Test
  void coloursMayBeMultipliedByAlphaAlready() {
    byte[] pixels = {10, 10, 10, (byte) 128, 50, 50, 50, -1};
    assertThat(Decoding.levels(image(2, 4, 8, RGB, pixels).tag(EXTRA_SAMPLES, 1).bytes()))
        .containsExactly(10 + 127, 50);
  }

  @Test
  void alphaThatIsNothingAllOverIsNotMeant() {
    byte[] pixels = {10, 10, 10, 0, 90, 90, 90, 0};
    assertThat(Decoding.levels(image(2, 4, 8, RGB, pixels).tag(EXTRA_SAMPLES, 2).bytes()))
        .containsExactly(10, 90);
    assertThat(Decoding.levels(image(2, 4, 8, RGB, pixels).tag(EXTRA_SAMPLES, 1).bytes()))
        .containsExactly(10, 90);
  }

  @Test
  void aPaletteMayHaveAlphaBesideIt() {
    int[] map = new int[3 * 256];
    for (int i = 0; i < map.length; i++) {
      map[i] = (255 - i % 256) * 257;
    }
    byte[] pixels = {1, -1, 5, 0, -56, -1};
    TiffFile tiff = image(3, 2, 8, PALETTE, pixels).tag(320, map);
    assertThat(Decoding.levels(tiff.tag(EXTRA_SAMPLES, 2).bytes())).containsExactly(254, 255, 55);
    assertThat(Decoding.levels(tiff.tag(EXTRA_SAMPLES, 0).bytes())).containsExactly(254, 250, 55);
  }

  @ParameterizedTest
  @CsvSource({"1,0 0.5 1", "255,0 127.5 255", "65535,0 32767.5 65535", "1.02,-0.1 0.5 1.02"})
  void floatingPointsReachFromNothingToWhite(double white, String samples) {
    ByteBuffer strip = ByteBuffer.allocate(12);
    for (String sample : samples.split(" ", -1)) {
      strip.putFloat(Float.parseFloat(sample));
    }
    byte[] tiff = image(3, 1, 32, GREY, strip.array()).tag(SAMPLE_FORMAT, 3).bytes();
    assertThat(Decoding.levels(tiff)).as("white is " + white).containsExactly(0, 128, 255);
  }

  @Test
  void floatingPointsWhereZeroIsWhite() {
    byte[] strip = ByteBuffer.allocate(8).putFloat(0).putFloat(255).array();
    assertThat(Decoding.levels(image(2, 1, 32, 0, strip).tag(SAMPLE_FORMAT, 3).bytes()))
        .containsExactly(255, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 1023, 4095, 16383, 65535})
  void sixteenBitsNeedNotUseThemAll(int white) {
    ByteBuffer strip = ByteBuffer.allocate(6);
    strip.putShort((short) 0).putShort((short) (white / 2 + 1)).putShort((short) white);
    assertThat(Decoding.levels(image(3, 1, 16, GREY, strip.array()).bytes()))
        .containsExactly(0, 128, 255);
  }

  @Test
  void thirtyTwoBitsAreRead() {
    byte[] strip = ByteBuffer.allocate(12).putInt(0).putInt(1 << 31).putInt(-1).array();
    assertThat(Decoding.levels(image(3, 1, 32, GREY, strip).bytes())).containsExactly(0, 128, 255);
  }

  @ParameterizedTest
  @CsvSource({"254,1", "254,4", "254,5", "255,2", "262,4"})
  void thumbnailsAndMasksAreNoPages(int tag, int value) {
    byte[] page = {10, 90};
    byte[] tiff =
        image(2, 1, 8, GREY, page)
            .image(1, 1, 1, 8, GREY, new byte[] {7})
            .tag(tag, value)
            .image(2, 1, 1, 8, GREY, new byte[] {30, 40})
            .tag(254, 2)
            .bytes();
    List<Outcome<GreyImage>> pages = Decoding.all(tiff, ScanLimits.DEFAULT);
    assertThat(pages).hasSize(2).allMatch(page1 -> page1 instanceof Outcome.Ok<GreyImage>);
    assertThat(((Outcome.Ok<GreyImage>) pages.get(1)).value().pixels()).containsExactly(30, 40);
  }

  @Test
  void aThumbnailAloneIsWhatThereIs() {
    assertThat(Decoding.levels(image(1, 1, 8, GREY, new byte[] {7}).tag(254, 1).bytes()))
        .containsExactly(7);
  }

  @ParameterizedTest
  @CsvSource({
    "50000,Zstandard",
    "50001,WebP",
    "34712,JPEG 2000",
    "34925,LZMA",
    "32809,method 32809",
    "12345,method 12345"
  })
  void saysWhichCompressionIsNotRead(int compression, String name) {
    byte[] tiff = image(2, 1, 8, GREY, new byte[2]).tag(259, compression).bytes();
    Rejection rejection = Decoding.rejection(tiff, ScanLimits.DEFAULT);
    assertThat(rejection.detail())
        .isEqualTo(
            "The TIFF image is compressed with "
                + name
                + ", which is not read; save it with LZW, Deflate, fax or no compression");
    assertThat(rejection.reason()).isEqualTo(Reason.UNSUPPORTED_FORMAT);
  }

  @Test
  void whatASensorMeasuredIsNotRead() {
    byte[] tiff = image(2, 1, 8, 32803, new byte[2]).bytes();
    assertThat(Decoding.rejection(tiff, ScanLimits.DEFAULT).reason())
        .isEqualTo(Reason.UNSUPPORTED_FORMAT);
    byte[] odd = image(2, 7, 1, GREY, new byte[2]).tag(EXTRA_SAMPLES, 0, 0, 0, 0, 0, 0).bytes();
    assertThat(Decoding.rejection(odd, ScanLimits.DEFAULT).reason())
        .isEqualTo(Reason.UNSUPPORTED_FORMAT);
  }

  private static TiffFile image(int width, int perPixel, int bits, int photometric, byte[] strip) {
    return new TiffFile().image(width, 1, perPixel, bits, photometric, strip);
  }
}
