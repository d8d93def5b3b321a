package org.digitrecognizer.scan.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What the JDK's reader of BMP images does not look at. */
final class BmpHeader {

  private static final int FILE_HEADER = 14;
  private static final int PIXELS_AT = 10;

  /** Headers of this size, in bytes, and longer ones say how dense the pixels are. */
  private static final int WITH_DENSITY = 40;

  private static final int DENSITY_AT = FILE_HEADER + 24;

  private BmpHeader() {}

  /** Returns the first bitmap of an array of OS/2, as a file of its own; any other as it is. */
  static byte[] first(byte[] bytes) {
    if (bytes[1] != 'A') {
      return bytes;
    }
    byte[] first = Arrays.copyOfRange(bytes, FILE_HEADER, bytes.length);
    ByteBuffer buffer = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(PIXELS_AT, buffer.getInt(PIXELS_AT) - FILE_HEADER);
    return first;
  }

  static PixelDensity density(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.getInt(FILE_HEADER) < WITH_DENSITY || bytes.length < DENSITY_AT + 8) {
      return PixelDensity.UNKNOWN;
    }
    return new PixelDensity(buffer.getInt(DENSITY_AT), buffer.getInt(DENSITY_AT + 4));
  }
}
