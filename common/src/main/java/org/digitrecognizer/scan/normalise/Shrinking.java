package org.digitrecognizer.scan.normalise;

import java.util.Arrays;
import org.digitrecognizer.digit.GreyImage;

/**
 * Makes a large scan smaller by a whole factor, each new pixel the mean of a square of old ones.
 */
public final class Shrinking {

  private Shrinking() {}

  /** Returns the scan at one factor-th of its size, rounded up. */
  public static GreyImage by(GreyImage scan, int factor) {
    int width = (scan.width() + factor - 1) / factor;
    int height = (scan.height() + factor - 1) / factor;
    byte[] pixels = new byte[width * height];
    int[] sums = new int[width];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 0);
      int from = y * factor;
      int to = Math.min(scan.height(), from + factor);
      for (int row = from; row < to; row++) {
        addRow(scan, row, factor, sums);
      }
      for (int x = 0; x < width; x++) {
        int columns = Math.min(factor, scan.width() - x * factor);
        int area = columns * (to - from);
        pixels[y * width + x] = (byte) ((sums[x] + area / 2) / area);
      }
    }
    return new GreyImage(width, height, pixels);
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

  private static void addRow(GreyImage scan, int row, int factor, int[] sums) {
    int offset = row * scan.width();
    for (int x = 0; x < scan.width(); x++) {
      sums[x / factor] += scan.pixels()[offset + x] & 0xff;
    }
  }
}
