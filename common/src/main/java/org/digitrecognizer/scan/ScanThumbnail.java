package org.digitrecognizer.scan;

import org.digitrecognizer.digit.GreyImage;

/** Makes scans small enough to keep many of them, and leaves them large enough to be read. */
public final class ScanThumbnail {

  /** No side of a thumbnail has more pixels. */
  public static final int MOST_PIXELS = 160;

  private ScanThumbnail() {}

  /**
   * Returns the scan, its longer side shrunk to {@value #MOST_PIXELS} pixels if it is longer; a new
   * pixel is the mean of all that it covers, if only in part.
   */
  public static GreyImage of(GreyImage scan) {
    return of(scan, MOST_PIXELS);
  }

  /**
   * Returns the scan, its longer side shrunk to so many pixels if it is longer.
   *
   * @param mostPixels at least 1
   */
  public static GreyImage of(GreyImage scan, int mostPixels) {
    int longest = Math.max(scan.width(), scan.height());
    if (longest <= mostPixels) {
      return scan;
    }
    int width = side(scan.width(), longest, mostPixels);
    int height = side(scan.height(), longest, mostPixels);
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

  private static int side(int length, int longest, int mostPixels) {
    return Math.max(1, Math.round((float) length * mostPixels / longest));
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
}
