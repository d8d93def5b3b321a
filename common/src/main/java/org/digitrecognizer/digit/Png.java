// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.digit;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Pictures as PNG files: 8 bits a sample, each row as the difference to the one above. Executors
 * write one for each scan that a person may have to look at, so no lock is taken and no cache is
 * filled, as ImageIO would.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG (Third Edition), W3C</a>
 */
public final class Png {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER_BYTES = 13;

  /** Colour types (section 11.2.1). */
  private static final byte GREY = 0;

  private static final byte RGB = 2;

  /** The filter that keeps the difference to the pixel above (section 9.2). */
  private static final byte UP = 2;

  private Png() {}

  /** Returns the picture as the bytes of a PNG file, grey. */
  public static byte[] encode(GreyImage picture) {
    byte[] rows = filtered(picture.pixels(), picture.width());
    return encode(picture.width(), picture.height(), GREY, rows);
  }

  /**
   * Returns the picture as the bytes of a PNG file, in colour.
   *
   * @param picture of {@link BufferedImage#TYPE_INT_RGB}
   */
  public static byte[] encode(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    int stride = 3 * width;
    byte[] rows = new byte[height * (1 + stride)];
    for (int y = 0; y < height; y++) {
      int to = y * (1 + stride);
      rows[to] = UP;
      // Most rows of a chart are as those above, and of such the differences are 0.
      if (y == 0 || !isAsAbove(pixels, y, width)) {
        difference(pixels, y, width, rows, to + 1);
      }
    }
    return encode(width, height, RGB, rows);
  }

  private static boolean isAsAbove(int[] pixels, int y, int width) {
    int from = y * width;
    return Arrays.equals(pixels, from, from + width, pixels, from - width, from);
  }

  private static void difference(int[] pixels, int y, int width, byte[] rows, int to) {
    for (int x = 0; x < width; x++) {
      int rgb = pixels[y * width + x];
      int above = y == 0 ? 0 : pixels[(y - 1) * width + x];
      rows[to + 3 * x] = (byte) ((rgb >> 16) - (above >> 16));
      rows[to + 3 * x + 1] = (byte) ((rgb >> 8) - (above >> 8));
      rows[to + 3 * x + 2] = (byte) (rgb - above);
    }
  }

  private static byte[] encode(int width, int height, byte colourType, byte[] rows) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    byte[] header =
        ByteBuffer.allocate(HEADER_BYTES)
            .putInt(width)
            .putInt(height)
            .put((byte) 8) // bits a sample; behind the colour: deflate, filters, not interlaced
            .put(colourType)
            .array();
    chunk(file, "IHDR", header);
    chunk(file, "IDAT", deflated(rows));
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  /**
   * Returns the picture that {@link #encode(GreyImage)} has written.
   *
   * @throws IOException if it is none
   */
  public static GreyImage decode(byte[] png) throws IOException {
    // Not with a cache on disk, which ImageIO would choose.
    BufferedImage image =
        ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(png)));
    if (image == null || image.getRaster().getNumBands() != 1) {
      throw new IOException("A picture of the output is no grey PNG");
    }
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] pixels = new byte[width * height];
    image.getRaster().getDataElements(0, 0, width, height, pixels);
    return new GreyImage(width, height, pixels);
  }

  private static byte[] filtered(byte[] samples, int stride) {
    int height = samples.length / stride;
    byte[] rows = new byte[samples.length + height];
    for (int y = 0; y < height; y++) {
      int from = y * stride;
      int to = from + y + 1;
      rows[to - 1] = UP;
      for (int x = 0; x < stride; x++) {
        rows[to + x] = (byte) (samples[from + x] - (y == 0 ? 0 : samples[from + x - stride]));
      }
    }
    return rows;
  }

  private static byte[] deflated(byte[] rows) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(rows);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      while (!deflater.finished()) {
        packed.write(buffer, 0, deflater.deflate(buffer));
      }
      return packed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    file.writeBytes(name);
    file.writeBytes(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }
}
