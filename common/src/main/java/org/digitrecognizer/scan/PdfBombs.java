package org.digitrecognizer.scan;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Measures what the streams of a document unpack to before any is: PDFBox unpacks a stream into
 * memory whole. Streams are found by their keyword in the bytes, since to parse the document is to
 * unpack some of them.
 */
final class PdfBombs {

  private static final byte[] KEYWORD = {'s', 't', 'r', 'e', 'a', 'm'};
  private static final int DEFLATE = 0x78;

  private PdfBombs() {}

  /**
   * @param most how many bytes all compressed streams together may unpack to
   */
  static boolean inflateBeyond(byte[] bytes, long most) {
    byte[] scratch = new byte[1 << 16];
    long left = most;
    Inflater inflater = new Inflater();
    try {
      for (int at = nextStream(bytes, 0); at >= 0 && left >= 0; at = nextStream(bytes, at)) {
        if (bytes[at] == DEFLATE) {
          inflater.reset();
          inflater.setInput(bytes, at, bytes.length - at);
          left -= count(inflater, scratch, left);
        }
      }
    } finally {
      inflater.end();
    }
    return left < 0;
  }

  private static long count(Inflater inflater, byte[] scratch, long most) {
    long count = 0;
    try {
      int got;
      do {
        got = inflater.inflate(scratch);
        count += got;
      } while (got > 0 && count <= most);
    } catch (DataFormatException e) {
      // Damaged from here on: PDFBox keeps what came before, and so does the count.
    }
    return count;
  }

  /** Returns where the data of the next stream begins, or -1. */
  private static int nextStream(byte[] bytes, int from) {
    for (int i = from; i < bytes.length - KEYWORD.length - 2; i++) {
      if (bytes[i] == 's' && startsKeyword(bytes, i)) {
        int at = i + KEYWORD.length;
        while (at < bytes.length - 1 && (bytes[at] == '\r' || bytes[at] == '\n')) {
          at++;
        }
        return at;
      }
    }
    return -1;
  }

  private static boolean startsKeyword(byte[] bytes, int at) {
    for (int i = 0; i < KEYWORD.length; i++) {
      if (bytes[at + i] != KEYWORD[i]) {
        return false;
      }
    }
    return true;
  }
}
