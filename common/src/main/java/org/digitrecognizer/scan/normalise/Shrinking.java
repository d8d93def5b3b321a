// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import org.digitrecognizer.digit.GreyImage;

/** Makes scans smaller, each new pixel the mean of all that it covers, if only in part. */
public final class Shrinking {

  private Shrinking() {}

  /**
   * Returns by which whole factor a scan is shrunk so that no side is longer.
   *
   * @param mostSide in pixels
   */
  static int factor(GreyImage scan, int mostSide) {
    return (Math.max(scan.width(), scan.height()) + mostSide - 1) / mostSide;
  }

  /** Returns the scan at one factor-th of its size, rounded up; itself if the factor is 1. */
  static GreyImage by(GreyImage scan, int factor) {
    return factor == 1
        ? scan
        : to(scan, (scan.width() + factor - 1) / factor, (scan.height() + factor - 1) / factor);
  }

  /**
   * Returns the scan at another size.
   *
   * @param width in pixels, at most the scan's
   * @param height the same
   */
  public static GreyImage to(GreyImage scan, int width, int height) {
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      int top = first(y, height, scan.height());
      int bottom = last(y, height, scan.height());
      for (int x = 0; x < width; x++) {
        int left = first(x, width, scan.width());
        pixels[y * width + x] = mean(scan, left, top, last(x, width, scan.width()), bottom);
      }
    }
    return new GreyImage(width, height, pixels);
  }

  /** Returns the first pixel of a side that a new one covers. */
  private static int first(int index, int count, int length) {
    return (int) ((long) index * length / count);
  }

  /** Returns the pixel behind the last that a new one covers. */
  private static int last(int index, int count, int length) {
    return (int) (((index + 1L) * length + count - 1) / count);
  }

  private static byte mean(GreyImage scan, int left, int top, int right, int bottom) {
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int i = y * scan.width() + left; i < y * scan.width() + right; i++) {
        sum += Byte.toUnsignedInt(scan.pixels()[i]);
      }
    }
    long area = (long) (right - left) * (bottom - top);
    return (byte) ((sum + area / 2) / area);
  }

  /** Returns the part of a scan from a column and row to before another. */
  static GreyImage cut(GreyImage scan, int left, int top, int right, int bottom) {
    int width = right - left;
    byte[] pixels = new byte[width * (bottom - top)];
    for (int y = top; y < bottom; y++) {
      System.arraycopy(scan.pixels(), y * scan.width() + left, pixels, (y - top) * width, width);
    }
    return new GreyImage(width, bottom - top, pixels);
  }
}
