// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.scan.decode.Orientation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanDecoderTest {

  private static final int WIDTH = 21;
  private static final int HEIGHT = 13;

  private final ScanDecoder decoder = new ScanDecoder(ScanLimits.DEFAULT);

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif"})
  void readsGreyExactly(String format) throws IOException {
    BufferedImage grey = grey(1);
    assertExact(decode(Encoding.image(format, grey)), grey);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp"})
  void readsColourByItsBrightness(String format) throws IOException {
    BufferedImage colours = new BufferedImage(3, 1, BufferedImage.TYPE_3BYTE_BGR);
    colours.setRGB(0, 0, Color.RED.getRGB());
    colours.setRGB(1, 0, Color.GREEN.getRGB());
    colours.setRGB(2, 0, Color.BLUE.getRGB());
    assertThat(decode(Encoding.image(format, colours)).pixels())
        .containsExactly((byte) 76, (byte) 150, (byte) 29);
  }

  @Test
  void readsJpegNearly() throws IOException {
    BufferedImage flat = grey(1);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      flat.getRaster().setSample(i % WIDTH, i / WIDTH, 0, 60 + i % WIDTH * 8);
    }
    GreyImage decoded = decode(Encoding.image("jpeg", flat));
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      assertThat(decoded.pixels()[i] & 0xff).isBetween(52 + i % WIDTH * 8, 68 + i % WIDTH * 8);
    }
  }

  @Test
  void readsSixteenBitsByTheUpperEight() throws IOException {
    BufferedImage deep = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setPixels(0, 0, 2, 2, new int[] {0, 0x8080, 0xffff, 0x4040});
    byte[] expected = {0, (byte) 0x80, (byte) 0xff, 0x40};
    assertThat(decode(Encoding.image("png", deep)).pixels()).isEqualTo(expected);
    assertThat(decode(Encoding.tiff("LZW", List.of(deep))).pixels()).isEqualTo(expected);
  }

  @Test
  void laysTransparencyOnWhite() throws IOException {
    BufferedImage glass = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    glass.setRGB(0, 0, 0x00000000);
    glass.setRGB(1, 0, 0xff000000);
    glass.setRGB(2, 0, 0x80000000);
    assertThat(decode(Encoding.image("png", glass)).pixels())
        .containsExactly((byte) 255, (byte) 0, (byte) 127);
  }

  @Test
  void readsPalettesAndSingleBits() throws IOException {
    byte[] levels = {10, (byte) 200, 90, 0};
    BufferedImage palette =
        new BufferedImage(
            4,
            1,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(2, 4, levels, levels, levels));
    palette.getRaster().setPixels(0, 0, 4, 1, new int[] {0, 1, 2, 3});
    assertThat(decode(Encoding.image("png", palette)).pixels()).isEqualTo(levels);
    BufferedImage bits = bits(3);
    assertExact(decode(Encoding.image("png", bits)), bits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CCITT RLE", "CCITT T.4", "CCITT T.6", "LZW", "ZLib", "PackBits", "Deflate"})
  void readsTiffOfOneBitInEveryCompression(String compression) throws IOException {
    BufferedImage bits = bits(4);
    assertExact(decode(Encoding.tiff(compression, List.of(bits))), bits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LZW", "ZLib", "PackBits", "Deflate"})
  void readsTiffOfEightBitsInEveryCompression(String compression) throws IOException {
    BufferedImage grey = grey(5);
    assertExact(decode(Encoding.tiff(compression, List.of(grey))), grey);
  }

  @Test
  void readsJpegInTiff() throws IOException {
    BufferedImage flat = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
    flat.getRaster().setSamples(0, 0, 40, 40, 0, new int[1600]);
    GreyImage decoded = decode(Encoding.tiff("JPEG", List.of(flat)));
    assertThat(decoded.pixels()).containsOnly(0);
  }

  @Test
  void readsEveryPageOfATiff() throws IOException {
    List<BufferedImage> images = List.of(grey(1), bits(2), grey(3));
    List<Outcome<GreyImage>> pages = all(Encoding.tiff(null, images));
    assertThat(pages).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertExact(value(pages.get(i)), images.get(i));
    }
  }

  @Test
  void readsPlainAndRawPnm() throws IOException {
    byte[] expected = {0, (byte) 128, (byte) 255, 64};
    assertThat(decode("P2\n# by hand\n2 2\n255\n0 128\n255 64\n".getBytes(US_ASCII)).pixels())
        .isEqualTo(expected);
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    raw.write("P5 2 2 255\n".getBytes(US_ASCII));
    raw.write(expected);
    assertThat(decode(raw.toByteArray()).pixels()).isEqualTo(expected);
    assertThat(decode("P1\n3 1\n0 1 0\n".getBytes(US_ASCII)).pixels())
        .containsExactly((byte) 255, (byte) 0, (byte) 255);
    byte[] packed = {'P', '4', '\n', '3', ' ', '1', '\n', 0x40};
    assertThat(decode(packed).pixels()).containsExactly((byte) 255, (byte) 0, (byte) 255);
  }

  @Test
  void takesTheImageOfAPageThatIsNothingElse() throws IOException {
    List<BufferedImage> images = List.of(grey(1), grey(2));
    List<Outcome<GreyImage>> pages = all(Encoding.pdf(true, images));
    assertThat(pages).hasSize(2);
    assertExact(value(pages.get(0)), images.get(0));
    assertExact(value(pages.get(1)), images.get(1));
  }

  @Test
  void drawsAnyOtherPageAt300Dpi() throws IOException {
    GreyImage page = decode(Encoding.pdf(false, List.of(black())));
    assertThat(page.width()).isEqualTo(100 * 300 / 72);
    assertThat(page.pixels()[page.width() * 10 + 10]).isEqualTo((byte) 255);
    int middle = page.width() * (page.height() / 2) + page.width() / 2;
    assertThat(page.pixels()[middle]).isZero();
  }

  @Test
  void readsJbig2InPdf() throws IOException {
    BufferedImage bits = bits(9);
    assertExact(decode(Encoding.jbig2Pdf(bits)), bits);
  }

  @Test
  void readsCmykTiff() throws IOException {
    // Ink of all four colours is black, none is white.
    byte[] tiff = Encoding.cmykTiff(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0});
    GreyImage decoded = decode(tiff);
    assertThat(decoded.pixels()[0] & 0xff).isLessThan(60);
    assertThat(decoded.pixels()[1] & 0xff).isGreaterThan(240);
  }

  @Test
  void readsTiffWhereZeroIsWhite() throws IOException {
    GreyImage decoded = decode(Encoding.rawTiff(2, 1, new byte[] {0, 100}, 1, 8, 0));
    assertThat(decoded.pixels()).containsExactly((byte) 255, (byte) 155);
  }

  @Test
  void turnsJpegTheRightWayUpByItsExifTag() throws IOException {
    BufferedImage left = new BufferedImage(32, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 16 * 16; i++) {
      left.getRaster().setSample(16 + i % 16, i / 16, 0, 255);
    }
    byte[] plain = Encoding.image("jpeg", left);
    GreyImage turned = decode(withOrientation(plain, 6));
    assertThat(turned.width()).isEqualTo(16);
    assertThat(turned.height()).isEqualTo(32);
    assertThat(turned.pixels()[16 * 4 + 8] & 0xff).as("top, once left").isLessThan(30);
    assertThat(turned.pixels()[16 * 28 + 8] & 0xff).as("bottom, once right").isGreaterThan(225);
  }

  @Test
  void turnsByAllEightOrientations() {
    // A 2x1 image: what is stored first is 1. Where it comes out is the tag's definition.
    GreyImage stored = new GreyImage(2, 1, new byte[] {1, 2});
    byte[] kept = {1, 2};
    byte[] reversed = {2, 1};
    byte[][] expected = {kept, reversed, reversed, kept, kept, kept, reversed, reversed};
    for (int orientation = 1; orientation <= 8; orientation++) {
      GreyImage turned = Orientation.turn(stored, orientation);
      assertThat(turned.pixels()).as("%d", orientation).isEqualTo(expected[orientation - 1]);
      assertThat(turned.height()).isEqualTo(orientation < 5 ? 1 : 2);
    }
  }

  private GreyImage decode(byte[] bytes) throws IOException {
    List<Outcome<GreyImage>> pages = all(bytes);
    assertThat(pages).hasSize(1);
    return value(pages.get(0));
  }

  private List<Outcome<GreyImage>> all(byte[] bytes) throws IOException {
    List<Outcome<GreyImage>> outcomes = new ArrayList<>();
    try (ScanPages pages = decoder.decode(bytes)) {
      pages.forEachRemaining(outcomes::add);
    }
    return outcomes;
  }

  private static GreyImage value(Outcome<GreyImage> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Ok.class);
    return ((Outcome.Ok<GreyImage>) outcome).value();
  }

  /** For pictures of one grey band: samples of one bit are black and white. */
  private static void assertExact(GreyImage decoded, BufferedImage image) {
    WritableRaster raster = image.getRaster();
    byte[] expected = new byte[image.getWidth() * image.getHeight()];
    int scale = image.getColorModel().getPixelSize() == 1 ? 255 : 1;
    for (int i = 0; i < expected.length; i++) {
      int sample = raster.getSample(i % image.getWidth(), i / image.getWidth(), 0);
      expected[i] = (byte) (sample * scale);
    }
    assertThat(decoded.width()).isEqualTo(image.getWidth());
    assertThat(decoded.pixels()).isEqualTo(expected);
  }

  private static BufferedImage grey(int seed) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(seed);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, random.nextInt(256));
    }
    return image;
  }

  private static BufferedImage bits(int seed) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY);
    Random random = new Random(seed);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, random.nextInt(2));
    }
    return image;
  }

  private static BufferedImage black() {
    return new BufferedImage(10, 10, BufferedImage.TYPE_BYTE_GRAY);
  }

  /** Puts an Exif segment with the tag after the JPEG's first marker. */
  private static byte[] withOrientation(byte[] jpeg, int orientation) throws IOException {
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(exif);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }
}
