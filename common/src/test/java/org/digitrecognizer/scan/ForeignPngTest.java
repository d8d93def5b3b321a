// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PNG as other programs write it: the pixels count, not what is around them. */
class ForeignPngTest {

  /** Where a chunk may stand right behind the header. */
  private static final int BEHIND_HEADER = 33;

  private static final List<byte[]> MALFORMED =
      List.of(
          new byte[0],
          new byte[] {-1},
          new byte[] {0, 0, 0, 0, 0, 0, 0},
          filled(13, -1),
          filled(32, 0),
          filled(600, 'a'));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tIME", "pHYs", "gAMA", "zTXt", "tEXt", "iTXt", "cHRM", "sBIT", "bKGD", "hIST", "iCCP",
        "eXIf", "sPLT", "sRGB", "tRNS", "cICP", "mDCV", "acTL", "fcTL", "fdAT", "oFFs", "pCAL",
        "sCAL", "sTER", "vpAg", "caNv", "xxXx"
      })
  void noMalformedChunkThatPixelsDoNotNeedMatters(String type) throws IOException {
    for (BufferedImage image : images()) {
      byte[] png = Encoding.image("png", image);
      int[] levels = Decoding.levels(png);
      for (byte[] content : MALFORMED) {
        assertThat(Decoding.levels(with(png, type, content)))
            .as("image type %d, %d bytes", image.getType(), content.length)
            .isEqualTo(levels);
        byte[] wrongSum = with(png, type, content);
        wrongSum[BEHIND_HEADER + 8 + content.length] ^= 1;
        assertThat(Decoding.levels(wrongSum)).isEqualTo(levels);
      }
    }
  }

  private static List<BufferedImage> images() {
    byte[] shades = {0, 80, -1};
    IndexColorModel palette = new IndexColorModel(8, 3, shades, shades, shades);
    List<BufferedImage> images =
        List.of(
            new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY),
            new BufferedImage(5, 4, BufferedImage.TYPE_USHORT_GRAY),
            new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_BINARY),
            new BufferedImage(5, 4, BufferedImage.TYPE_3BYTE_BGR),
            new BufferedImage(5, 4, BufferedImage.TYPE_4BYTE_ABGR),
            new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_INDEXED, palette));
    images.forEach(image -> image.setRGB(2, 2, 0xffffffff));
    return images;
  }

  @Test
  void aTextThatUnpacksToMuchIsNotUnpacked() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.write("Comment\0\0".getBytes(US_ASCII));
    try (DeflaterOutputStream packed = new DeflaterOutputStream(text)) {
      byte[] megabyte = new byte[1 << 20];
      for (int i = 0; i < 1500; i++) {
        packed.write(megabyte);
      }
    }
    byte[] png = Encoding.image("png", images().get(0));
    assertThat(Decoding.levels(with(png, "zTXt", text.toByteArray())))
        .isEqualTo(Decoding.levels(png));
  }

  @Test
  void transparencyIsNeeded() throws IOException {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(1, 0, 0, 90);
    byte[] transparent = with(Encoding.image("png", grey), "tRNS", new byte[] {0, 0});
    assertThat(Decoding.levels(transparent)).containsExactly(255, 90);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "457869660000"})
  void exifTurnsItTheRightWayUp(String mark) throws IOException {
    BufferedImage lying = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    lying.getRaster().setSample(1, 0, 0, 90);
    // Big-endian, one entry: orientation 6, the stored left is the top.
    String exif = mark + "4d4d002a000000080001" + "0112000300000001" + "00060000" + "00000000";
    GreyImage image =
        Decoding.image(with(Encoding.image("png", lying), "eXIf", HexFormat.of().parseHex(exif)));
    assertThat(image.height()).isEqualTo(2);
    assertThat(image.pixels()).containsExactly(0, 90);
  }

  @Test
  void twelveBitsInSixteenAreTwelve() throws IOException {
    BufferedImage deep = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 2048, 4095});
    assertThat(Decoding.levels(Encoding.image("png", deep))).containsExactly(0, 128, 255);
  }

  @Test
  void alphaThatIsNothingAllOverIsNotMeant() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_4BYTE_ABGR);
    image.setRGB(0, 0, 0x000a0a0a);
    image.setRGB(1, 0, 0x005a5a5a);
    assertThat(Decoding.levels(Encoding.image("png", image))).containsExactly(10, 90);
  }

  @Test
  void aFlippedBitInPixelsStillMatters() throws IOException {
    byte[] png = Encoding.image("png", images().get(0));
    png[png.length - 14] ^= 1;
    assertThat(Decoding.rejection(png, ScanLimits.DEFAULT).reason()).isEqualTo(Reason.CORRUPT);
  }

  /** Returns the image with a chunk more, right behind its header. */
  static byte[] with(byte[] png, String type, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(content.length + 12);
    chunk.putInt(content.length).put(type.getBytes(US_ASCII)).put(content);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, content.length + 4);
    chunk.putInt((int) crc.getValue());
    ByteBuffer result = ByteBuffer.allocate(png.length + chunk.capacity());
    result.put(png, 0, BEHIND_HEADER).put(chunk.array());
    return result.put(png, BEHIND_HEADER, png.length - BEHIND_HEADER).array();
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
