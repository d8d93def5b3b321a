// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DeflaterInputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.digitrecognizer.digit.GreyImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pixels that are not square are made square, whoever says that they are not. */
class OblongPixelsTest {

  private static final int WIDTH = 20;
  private static final int HEIGHT = 10;

  @ParameterizedTest
  @CsvSource({
    "204,98,20x21",
    "98,204,42x10",
    "200,100,20x20",
    "300,300,20x10",
    "300,308,20x10",
    "300,310,21x10",
    "400,100,20x40",
    "401,100,20x10",
    "0,100,20x10",
    "100,0,20x10"
  })
  void theSideOfFewerPixelsIsStretched(int horizontal, int vertical, String size)
      throws IOException {
    assertSize("TIFF", tiff(horizontal, vertical), size);
    assertSize("PNG", png(horizontal, vertical), size);
    assertSize("JPEG", jpeg(horizontal, vertical), size);
    assertSize("BMP", bmp(horizontal, vertical), size);
  }

  private static void assertSize(String what, byte[] file, String size) {
    GreyImage image = Decoding.image(file);
    assertThat(image.width() + "x" + image.height()).as(what).isEqualTo(size);
  }

  @Test
  void aPageOfADocumentSaysHowLargeItsImageIs() throws IOException {
    assertSize("square", pdf(100, 50), "20x10");
    assertSize("high pixels", pdf(100, 100), "20x20");
    assertSize("wide pixels", pdf(100, 30), "33x10");
  }

  @Test
  void exifSaysItTooWhereNothingElseDoes() throws IOException {
    ByteBuffer exif = ByteBuffer.allocate(54).put(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 2});
    exif.putShort((short) 282).putShort((short) 5).putInt(1).putInt(38);
    exif.putShort((short) 283).putShort((short) 5).putInt(1).putInt(46);
    exif.position(38);
    exif.putInt(204).putInt(1).putInt(98).putInt(1);
    assertSize("PNG", ForeignPngTest.with(png(0, 0), "eXIf", exif.array()), "20x21");
  }

  @Test
  void aPictureOfTheWebMaySayItsRatio() throws IOException {
    byte[] gif = Encoding.image("gif", picture());
    assertSize("not said", gif, "20x10");
    gif[12] = 128 - 15;
    assertSize("pixels twice as wide as high", gif, "40x10");
  }

  @Test
  void whatWouldBeTooLargeIsShrunkInstead() throws IOException {
    GreyImage image = Decoding.image(tiff(200, 100), new ScanLimits(10_000, 399, 1));
    assertThat(image.width()).isEqualTo(10);
    assertThat(image.height()).isEqualTo(10);
  }

  @Test
  void whatIsStretchedLooksTheSame() throws IOException {
    GreyImage image = Decoding.image(png(200, 100));
    for (int y = 1; y < 19; y++) {
      assertThat(image.pixels()[y * WIDTH + 5] & 0xff)
          .as("row " + y)
          .isBetween(y * 10 - 10, y * 10);
    }
    assertThat(image.pixels()[5]).isEqualTo((byte) 0);
  }

  /** Its rows grow lighter, 20 a row. */
  private static BufferedImage picture() {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      picture.getRaster().setSample(i % WIDTH, i / WIDTH, 0, i / WIDTH * 20);
    }
    return picture;
  }

  private static byte[] tiff(int horizontal, int vertical) {
    return new TiffFile()
        .image(WIDTH, HEIGHT, 1, 8, 1, new byte[WIDTH * HEIGHT])
        .tag(282, horizontal, 1)
        .tag(283, vertical, 1)
        .bytes();
  }

  private static byte[] png(int horizontal, int vertical) throws IOException {
    byte[] density =
        ByteBuffer.allocate(9).putInt(horizontal).putInt(vertical).put((byte) 1).array();
    return ForeignPngTest.with(Encoding.image("png", picture()), "pHYs", density);
  }

  private static byte[] jpeg(int horizontal, int vertical) throws IOException {
    byte[] jpeg = Encoding.image("jpeg", picture());
    ByteBuffer.wrap(jpeg).putShort(14, (short) horizontal).putShort(16, (short) vertical);
    return jpeg;
  }

  private static byte[] bmp(int horizontal, int vertical) throws IOException {
    byte[] bmp = Encoding.image("bmp", picture());
    ByteBuffer header = ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(38, horizontal).putInt(42, vertical);
    return bmp;
  }

  private static byte[] pdf(int width, int height) throws IOException {
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage(new PDRectangle(width, height));
      document.addPage(page);
      byte[] pixels = new byte[WIDTH * HEIGHT];
      PDImageXObject image =
          new PDImageXObject(
              document,
              new DeflaterInputStream(new ByteArrayInputStream(pixels)),
              COSName.FLATE_DECODE,
              WIDTH,
              HEIGHT,
              8,
              PDDeviceGray.INSTANCE);
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawImage(image, 0, 0, width, height);
      }
      return Encoding.bytes(document);
    }
  }
}
