// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;

/**
 * Brings BMP images of OS/2 and of rare programs into a form that the JDK's reader knows: that of
 * Windows 3, whose header is the beginning of theirs.
 */
final class BmpHeader {

  private static final int FILE_HEADER = 14;
  private static final int SIZE_AT = 2;
  private static final int PIXELS_AT = 10;
  private static final int COMPRESSION_AT = FILE_HEADER + 16;
  private static final int DENSITY_AT = FILE_HEADER + 24;

  /** Bytes of the header of Windows 3. */
  private static final int USUAL = 40;

  /** Bytes of the header of OS/2 version 2, whose numbers of compressions are its own. */
  private static final int OS2 = 64;

  /** Bytes of the headers that are known: OS/2 version 1, Windows 3, 4 and 5. */
  private static final Set<Integer> KNOWN = Set.of(12, USUAL, 108, 124);

  private static final int BY_MASKS = 3;
  private static final int MASKS = 12;

  private BmpHeader() {}

  /** Returns the image, the first of an array, as a file that the JDK's reader knows. */
  static byte[] usual(byte[] bytes) {
    byte[] first = bytes[1] == 'A' ? first(bytes) : bytes;
    int size = little(first).getInt(FILE_HEADER);
    return KNOWN.contains(size) ? first : withUsualHeader(first, size);
  }

  /** Returns the first bitmap of an array of OS/2, as a file of its own. */
  private static byte[] first(byte[] bytes) {
    byte[] first = Arrays.copyOfRange(bytes, FILE_HEADER, bytes.length);
    ByteBuffer buffer = little(first);
    buffer.putInt(PIXELS_AT, buffer.getInt(PIXELS_AT) - FILE_HEADER);
    return first;
  }

  private static byte[] withUsualHeader(byte[] bytes, int size) {
    boolean hasMasks = size > USUAL && little(bytes).getInt(COMPRESSION_AT) == BY_MASKS;
    int kept = USUAL + (hasMasks ? MASKS : 0);
    byte[] result = new byte[bytes.length - size + kept];
    ByteBuffer usual = little(result);
    usual.put(bytes, 0, FILE_HEADER + Math.min(size, kept));
    usual.putInt(SIZE_AT, usual.capacity());
    usual.putInt(FILE_HEADER, USUAL);
    usual.putInt(PIXELS_AT, usual.getInt(PIXELS_AT) - size + kept);
    usual.position(FILE_HEADER + kept);
    usual.put(bytes, FILE_HEADER + size, bytes.length - FILE_HEADER - size);
    return result;
  }

  /** Returns what is not read of an image, for people; null if it is read. */
  static String unreadable(byte[] bytes) {
    ByteBuffer buffer = little(bytes);
    int at = bytes[1] == 'A' ? FILE_HEADER : 0;
    return buffer.getInt(at + FILE_HEADER) == OS2 && buffer.getInt(at + COMPRESSION_AT) >= BY_MASKS
        ? "The bitmap of OS/2 is compressed by a method that is not read; save it without"
        : null;
  }

  /**
   * Returns how dense the pixels are.
   *
   * @param bytes as {@link #usual} returns them
   */
  static PixelDensity density(byte[] bytes) {
    ByteBuffer buffer = little(bytes);
    return buffer.getInt(FILE_HEADER) < USUAL
        ? PixelDensity.UNKNOWN
        : new PixelDensity(buffer.getInt(DENSITY_AT), buffer.getInt(DENSITY_AT + 4));
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
