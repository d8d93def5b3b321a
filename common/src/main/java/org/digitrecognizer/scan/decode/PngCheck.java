package org.digitrecognizer.scan.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Compares the checksums of a PNG image's chunks, which the JDK's reader skips: a flipped bit would
 * go unseen (PNG Specification, Third Edition, 5.5).
 */
final class PngCheck {

  private static final int SIGNATURE = 8;
  private static final int FRAME = 12;
  private static final int END = 0x49454e44;
  private static final int TEXT_CASE_BIT = 0x20000000;

  private PngCheck() {}

  /**
   * @throws IOException if a chunk that matters is damaged or the end is missing
   */
  static void check(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    CRC32 crc = new CRC32();
    int at = SIGNATURE;
    while (true) {
      long length = at + FRAME <= bytes.length ? Integer.toUnsignedLong(buffer.getInt(at)) : -1;
      if (length < 0 || length > bytes.length - at - FRAME) {
        throw new IOException("it ends too early");
      }
      int type = buffer.getInt(at + 4);
      if ((type & TEXT_CASE_BIT) == 0) {
        crc.reset();
        crc.update(bytes, at + 4, (int) length + 4);
        if ((int) crc.getValue() != buffer.getInt(at + 8 + (int) length)) {
          throw new IOException("a checksum is wrong");
        }
      }
      if (type == END) {
        return;
      }
      at += FRAME + (int) length;
    }
  }
}
