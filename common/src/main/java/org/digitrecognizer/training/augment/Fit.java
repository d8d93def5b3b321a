// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

import org.digitrecognizer.digit.DigitImage;

/**
 * Fits ink into a box of 20 rows with its centre of mass in the middle of 28x28, for what the
 * normaliser does not: what is not one digit, and digits as they are drawn as pieces of a number.
 */
final class Fit {

  /** The side of MNIST's box. */
  static final int BOX = 20;

  private static final int SIDE = DigitImage.WIDTH;

  /** Samples of ink a pixel, in each direction. */
  private static final int SAMPLES = 2;

  private Fit() {}

  /**
   * Returns the image. The canvas must have inked pixels.
   *
   * @param widest columns of the box, 1 to 28
   */
  static DigitImage fit(Canvas canvas, int widest) {
    Extent extent = Extent.of(canvas);
    double step = Math.max((double) extent.width() / widest, (double) extent.height() / BOX);
    int columns = Math.max(1, (int) Math.rint(extent.width() / step));
    int rows = Math.max(1, (int) Math.rint(extent.height() / step));
    float[] box = new float[columns * rows];
    float darkest = 0;
    double mass = 0;
    double massX = 0;
    double massY = 0;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        float level = mean(canvas, extent.left() + x * step, extent.top() + y * step, step);
        box[y * columns + x] = level;
        darkest = Math.max(darkest, level);
        mass += level;
        massX += level * x;
        massY += level * y;
      }
    }
    int left = shift(massX / mass, columns);
    int top = shift(massY / mass, rows);
    byte[] pixels = new byte[DigitImage.SIZE];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int level = Math.round(255 * box[y * columns + x] / darkest);
        pixels[(y + top) * SIDE + x + left] = (byte) level;
      }
    }
    return DigitImage.of(pixels);
  }

  /** The mean ink of a square whose first pixel's middle is given. */
  private static float mean(Canvas canvas, double left, double top, double step) {
    float sum = 0;
    for (int i = 0; i < SAMPLES * SAMPLES; i++) {
      int row = i / SAMPLES;
      double x = left - 0.5 + (i % SAMPLES + 0.5) * step / SAMPLES;
      double y = top - 0.5 + (row + 0.5) * step / SAMPLES;
      sum += canvas.at(x, y);
    }
    return sum / (float) (SAMPLES * SAMPLES);
  }

  private static int shift(double centreOfMass, int length) {
    int shift = SIDE / 2 - (int) Math.floor(centreOfMass + 0.5);
    return Math.max(0, Math.min(SIDE - length, shift));
  }
}
