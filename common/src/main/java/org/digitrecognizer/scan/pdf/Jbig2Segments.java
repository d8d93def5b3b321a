// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.pdf;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Goes through the segments of an embedded JBIG2 stream without decoding it (ITU-T T.88, 7.2): a
 * few bytes may declare regions of any size, whatever the image says that they are part of.
 */
final class Jbig2Segments {

  private static final int TYPE = 0x3f;
  private static final int LONG_PAGE = 0x40;
  private static final int SYMBOLS = 0;
  private static final int PAGE = 48;
  private static final int LAST_REGION = 43;
  private static final int PATTERNS = 16;
  private static final int LONG_COUNT = 7;
  private static final long UNKNOWN = 0xffffffffL;

  private final ByteBuffer bytes;
  private long largest;
  private double total;

  private Jbig2Segments(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /**
   * Goes through a stream.
   *
   * @throws IOException if a segment does not say how long it is
   */
  static Jbig2Segments read(byte[] bytes) throws IOException {
    Jbig2Segments segments = new Jbig2Segments(bytes);
    try {
      while (segments.bytes.remaining() > 0) {
        segments.next();
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      // Cut off: decoding it will tell.
      return segments;
    }
    return segments;
  }

  /** Returns the pixels of the largest page or region. */
  long largest() {
    return largest;
  }

  /** Returns the pixels of all regions. */
  double total() {
    return total;
  }

  private void next() throws IOException {
    long number = unsigned();
    int flags = bytes.get();
    skip(referredBytes(number));
    skip((flags & LONG_PAGE) == 0 ? 1 : 4);
    long length = unsigned();
    if (length == UNKNOWN) {
      throw new IOException("a region of JBIG2 does not say how long it is");
    }
    int start = bytes.position();
    int type = flags & TYPE;
    if (type == PAGE) {
      count(pageSize(unsigned(), unsigned()), false);
    } else if (type > SYMBOLS && type <= LAST_REGION && type != PATTERNS) {
      count(pageSize(unsigned(), unsigned()), true);
    } else if (type == PATTERNS) {
      skip(1);
      long width = bytes.get() & 0xff;
      count(width * (bytes.get() & 0xff) * (unsigned() + 1), true);
    }
    bytes.position(start);
    skip(length);
  }

  /** Returns how many bytes name the segments that this one refers to. */
  private long referredBytes(long number) {
    int first = bytes.get() & 0xff;
    long count = first >> 5;
    long flags = 0;
    if (count == LONG_COUNT) {
      bytes.position(bytes.position() - 1);
      count = unsigned() & 0x1fffffff;
      flags = (count + 8) / 8;
    }
    int size = number <= 256 ? 1 : number <= 65_536 ? 2 : 4;
    return flags + count * size;
  }

  /** A page whose height is not known yet is as high as its regions. */
  private static long pageSize(long width, long height) {
    return height == UNKNOWN ? 0 : width * height;
  }

  private void count(long pixels, boolean isRegion) {
    largest = Math.max(largest, pixels < 0 ? Long.MAX_VALUE : pixels);
    total += isRegion ? (double) pixels : 0;
  }

  private long unsigned() {
    return Integer.toUnsignedLong(bytes.getInt());
  }

  private void skip(long count) {
    bytes.position((int) Math.min(bytes.limit(), bytes.position() + count));
  }
}
