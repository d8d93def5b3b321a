// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import java.util.Arrays;

/**
 * Fits ink into a box of 20 rows with its aspect ratio kept and lays it into 28x28 with its centre
 * of mass in the middle. A box of 20 columns is what the page of MNIST describes (LeCun, Cortes,
 * Burges, http://yann.lecun.com/exdb/mnist/). Not for two threads at once.
 */
final class DigitBox {

  /** The side of MNIST's box. */
  static final int BOX = 20;

  private static final int SIDE = 28;
  private static final int CENTRE = 14;

  private final int widest;
  private final Resampling columns;
  private final Resampling rows = new Resampling(BOX);
  private final float[] box;
  private final float[] line;

  /**
   * @param widest columns of the box, 1 to 28
   */
  DigitBox(int widest) {
    this.widest = widest;
    this.columns = new Resampling(widest);
    this.box = new float[BOX * widest];
    this.line = new float[widest];
  }

  /**
   * @param ink row by row, 0 = paper, 255 = ink
   * @param width pixels of a row
   * @param left where the ink begins, in pixels; 0 is the left edge of the first
   * @param right where it ends
   * @return 28x28 pixels
   */
  byte[] fit(
      byte[] ink, int width, int height, double left, double top, double right, double bottom) {
    double step = Math.max((right - left) / widest, (bottom - top) / BOX);
    columns.plan(left, right, step, width);
    rows.plan(top, bottom, step, height);
    shrink(ink, width);
    return centre();
  }

  private void shrink(byte[] ink, int width) {
    Arrays.fill(box, 0);
    for (int y = 0; y < rows.count; y++) {
      for (int j = 0; j < rows.taps[y]; j++) {
        float share = rows.weights[y][j];
        columns.apply(ink, (rows.first[y] + j) * width, line);
        for (int x = 0; x < columns.count; x++) {
          box[y * widest + x] += share * line[x];
        }
      }
    }
  }

  private byte[] centre() {
    double mass = 0;
    double massX = 0;
    double massY = 0;
    float darkest = 0;
    for (int i = 0; i < box.length; i++) {
      mass += box[i];
      massX += box[i] * (i % widest);
      int row = i / widest;
      massY += box[i] * row;
      darkest = Math.max(darkest, box[i]);
    }
    int shiftX = shift(massX / mass, columns.count);
    int shiftY = shift(massY / mass, rows.count);
    byte[] pixels = new byte[SIDE * SIDE];
    for (int y = 0; y < rows.count; y++) {
      for (int x = 0; x < columns.count; x++) {
        int level = Math.round(box[y * widest + x] * 255 / darkest);
        pixels[(y + shiftY) * SIDE + x + shiftX] = (byte) level;
      }
    }
    return pixels;
  }

  private static int shift(double centreOfMass, int count) {
    int shift = CENTRE - (int) Math.floor(centreOfMass + 0.5);
    return Math.max(0, Math.min(SIDE - count, shift));
  }
}
