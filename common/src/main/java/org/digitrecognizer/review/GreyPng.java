package org.digitrecognizer.review;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.digitrecognizer.digit.GreyImage;

/**
 * Small grey pictures as PNG files: 8 bits a pixel, each row as the difference to the one above.
 * Executors write one for each scan that a person may have to look at, so no lock is taken and no
 * cache is filled, as ImageIO would.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG (Third Edition), W3C</a>
 */
public final class GreyPng {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER_BYTES = 13;

  /** The filter that keeps the difference to the pixel above (section 9.2). */
  private static final byte UP = 2;

  private GreyPng() {}

  /** Returns the picture as the bytes of a PNG file. */
  public static byte[] encode(GreyImage picture) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    byte[] header =
        ByteBuffer.allocate(HEADER_BYTES)
            .putInt(picture.width())
            .putInt(picture.height())
            .put((byte) 8) // bits a sample; what follows is grey, deflate, filters, not interlaced
            .array();
    chunk(file, "IHDR", header);
    chunk(file, "IDAT", deflated(filtered(picture)));
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  /**
   * Returns the picture that {@link #encode} has written.
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

  private static byte[] filtered(GreyImage picture) {
    int width = picture.width();
    byte[] pixels = picture.pixels();
    byte[] rows = new byte[(width + 1) * picture.height()];
    for (int y = 0; y < picture.height(); y++) {
      int to = y * (width + 1);
      rows[to] = UP;
      for (int x = 0; x < width; x++) {
        int above = y == 0 ? 0 : pixels[(y - 1) * width + x];
        rows[to + 1 + x] = (byte) (pixels[y * width + x] - above);
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
