// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import java.util.Arrays;

/**
 * Takes uneven paper away: shadows, folds, a yellowed corner. The paper's shade at a place is the
 * morphological closing along its row or its column, whichever is lighter: what stays when dark
 * strokes thinner than a window are filled (Serra, Image Analysis and Mathematical Morphology,
 * 1982). It follows a slope and the hard edge of a shadow alike, which a mean over a window does
 * not. Not for two threads at once.
 */
final class Flattener {

  /** A stroke is thinner than this share of the scan's shorter side. */
  private static final double WINDOW_SHARE = 0.3;

  private static final int LEAST_WINDOW = 7;

  private int[] line = new int[0];

  /**
   * @param pixels 0 = black, 255 = white
   * @param light whether ink is light
   * @param result receives how much darker than the paper around it each pixel is (lighter, where
   *     ink is light), 0 to 255
   */
  void flatten(byte[] pixels, int width, int height, boolean light, byte[] result) {
    int radius = (int) Math.max(LEAST_WINDOW, WINDOW_SHARE * Math.min(width, height)) / 2;
    int longest = Math.max(width, height) + 4 * radius;
    if (line.length < longest) {
      line = new int[longest];
    }
    int sign = light ? -1 : 1;
    Arrays.fill(result, 0, width * height, (byte) 0);
    for (int y = 0; y < height; y++) {
      subtract(pixels, sign, y * width, 1, width, radius, result);
    }
    for (int x = 0; x < width; x++) {
      subtract(pixels, sign, x, width, height, radius, result);
    }
  }

  /**
   * Ink is thin: what stands out furthest from a plane through all shades is ink, so that the skew
   * of the differences is its.
   */
  static boolean inkIsLight(byte[] pixels, int width, int height) {
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int level = pixels[y * width + x] & 0xff;
        sum += level;
        sumX += level * (x - middleX);
        sumY += level * (y - middleY);
      }
    }
    double n = (double) width * height;
    double slopeX = sumX / Math.max(1, n * ((double) width * width - 1) / 12);
    double slopeY = sumY / Math.max(1, n * ((double) height * height - 1) / 12);
    double skew = 0;
    for (int y = 0; y < height; y++) {
      double plane = sum / n + slopeY * (y - middleY) - slopeX * middleX;
      for (int x = 0; x < width; x++) {
        double difference = (pixels[y * width + x] & 0xff) - plane - slopeX * x;
        skew += difference * difference * difference;
      }
    }
    return skew > 0;
  }

  /** Takes the closing of one row or column from it, where that is more than the result so far. */
  private void subtract(
      byte[] pixels, int sign, int offset, int step, int length, int radius, byte[] result) {
    int margin = 2 * radius;
    for (int i = 0; i < length; i++) {
      line[margin + i] = sign * (pixels[offset + i * step] & 0xff);
    }
    extend(margin, length);
    int padded = length + 2 * margin;
    slideMaximum(padded, 2 * radius + 1, 1);
    slideMaximum(padded - 2 * radius, 2 * radius + 1, -1);
    for (int i = 0; i < length; i++) {
      int at = offset + i * step;
      int darker = Math.min(255, line[i] - sign * (pixels[at] & 0xff));
      if (darker > (result[at] & 0xff)) {
        result[at] = (byte) darker;
      }
    }
  }

  /** Goes on past both ends as a slope does, so that it leaves no difference there. */
  private void extend(int margin, int length) {
    int first = line[margin];
    int last = line[margin + length - 1];
    for (int i = 1; i <= margin; i++) {
      int mirrored = Math.min(i, length - 1);
      line[margin - i] = 2 * first - line[margin + mirrored];
      line[margin + length - 1 + i] = 2 * last - line[margin + length - 1 - mirrored];
    }
  }

  /**
   * Puts at each place of the line the maximum of the window that begins there, by maxima of
   * windows that double.
   *
   * @param sign -1 for the minimum
   */
  private void slideMaximum(int length, int window, int sign) {
    int covered = 1;
    while (covered < window) {
      int shift = Math.min(covered, window - covered);
      int end = length - covered - shift + 1;
      for (int i = 0; i < end; i++) {
        int ahead = line[i + shift];
        line[i] = sign * Math.max(sign * line[i], sign * ahead);
      }
      covered += shift;
    }
  }
}
