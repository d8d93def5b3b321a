package org.digitrecognizer.scan.decode;

import java.io.IOException;

/** Looks whether a JPEG image is whole: the JDK's reader fills what is missing with grey. */
final class JpegCheck {

  private static final int MARKER = 0xff;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;

  private JpegCheck() {}

  /**
   * @throws IOException if no end comes after the last scan begins
   */
  static void check(byte[] bytes) throws IOException {
    if (last(bytes, END_OF_IMAGE) < last(bytes, START_OF_SCAN)) {
      throw new IOException("it ends too early");
    }
  }

  private static int last(byte[] bytes, int marker) {
    int at = bytes.length - 2;
    while (at >= 0 && !((bytes[at] & 0xff) == MARKER && (bytes[at + 1] & 0xff) == marker)) {
      at--;
    }
    return at;
  }
}
