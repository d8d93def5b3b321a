// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

/**
 * Which pixels of a line make each pixel of a shorter or longer one. Shrinking takes the mean over
 * the area that a new pixel covers; enlarging interpolates between the two nearest.
 */
final class Resampling {

  /** How many new pixels there are. */
  int count;

  /** The first old pixel of each new one, how many there are, and the share of each. */
  final int[] first;

  final int[] taps;
  final float[][] weights;

  Resampling(int most) {
    first = new int[most];
    taps = new int[most];
    weights = new float[most][4];
  }

  /**
   * @param from where the first new pixel begins, in old pixels
   * @param to where the last ends at the latest
   * @param step old pixels a new one
   * @param length how many old pixels the line has
   */
  void plan(double from, double to, double step, int length) {
    count = Math.max(1, Math.min(first.length, (int) Math.ceil((to - from) / step - 0.25)));
    for (int i = 0; i < count; i++) {
      double start = from + i * step;
      if (step < 1) {
        interpolate(i, start + step / 2, length);
      } else {
        cover(i, start, Math.min(start + step, length), step);
      }
    }
  }

  private void interpolate(int i, double centre, int length) {
    int before = (int) Math.floor(centre - 0.5);
    float share = (float) (centre - 0.5 - before);
    int a = Math.max(0, Math.min(length - 1, before));
    int b = Math.max(0, Math.min(length - 1, before + 1));
    first[i] = a;
    taps[i] = b - a + 1;
    if (a == b) {
      weights[i][0] = 1;
    } else {
      weights[i][0] = 1 - share;
      weights[i][1] = share;
    }
  }

  private void cover(int i, double start, double end, double step) {
    first[i] = (int) Math.floor(start);
    taps[i] = Math.max(1, (int) Math.ceil(end) - first[i]);
    if (weights[i].length < taps[i]) {
      weights[i] = new float[taps[i] + 4];
    }
    for (int j = 0; j < taps[i]; j++) {
      double pixel = first[i] + j;
      double share = Math.min(pixel + 1, end) - Math.max(pixel, start);
      weights[i][j] = (float) (share / step);
    }
  }

  /** Writes the new pixels of a line. */
  void apply(byte[] line, int offset, float[] result) {
    for (int i = 0; i < count; i++) {
      float sum = 0;
      float[] shares = weights[i];
      int start = offset + first[i];
      for (int j = 0; j < taps[i]; j++) {
        sum += shares[j] * (line[start + j] & 0xff);
      }
      result[i] = sum;
    }
  }
}
