// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import org.digitrecognizer.scan.InkLayer;

/**
 * The slant of a hand. Upright digits come apart at columns, and slanted ones overlap: so a number
 * is set upright before it is cut (Britto et al., Improvement in handwritten numeral string
 * recognition by slant normalization and contextual information, IWFHR 2000).
 *
 * @param shear columns that a stroke leans to the right for each row upwards
 * @param margin columns that the upright ink has more on each side
 * @param slanted ink as it was written
 */
record Slant(double shear, int margin, InkLayer slanted) {

  private static final int[] STEPS = {0, -1, 1};

  private static final double LEAST = -0.3;

  /** Most hands lean to the right. */
  private static final double MOST = 0.9;

  /**
   * Finds the slant as the mean direction of the strokes' upright edges (Kimura, Shridhar and Chen,
   * Improvements of a lexicon directed algorithm for recognition of unconstrained handwritten
   * words, ICDAR 1993): the left and the right half of a round digit cancel out.
   */
  static Slant of(InkLayer layer) {
    int[] edges = new int[3];
    for (int y = 0; y < layer.height() - 1; y++) {
      for (int x = 0; x < layer.width(); x++) {
        for (int side = -1; side <= 1; side += 2) {
          if (isEdge(layer, x, y, side)) {
            countBelow(layer, x, y, side, edges);
          }
        }
      }
    }
    int all = Math.max(1, edges[0] + edges[1] + edges[2]);
    double leaning = (double) (edges[0] - edges[2]) / all;
    double shear = Math.max(LEAST, Math.min(MOST, leaning));
    int margin = (int) Math.ceil(Math.abs(shear) * layer.height() / 2) + 1;
    return new Slant(shear, margin, layer);
  }

  /** Counts where an edge goes on in the next row: to the left, straight down, to the right. */
  private static void countBelow(InkLayer layer, int x, int y, int side, int[] edges) {
    for (int step : STEPS) {
      if (isEdge(layer, x + step, y + 1, side)) {
        edges[step + 1]++;
        return;
      }
    }
  }

  private static boolean isEdge(InkLayer layer, int x, int y, int side) {
    boolean ink = x >= 0 && x < layer.width() && layer.isInk(x, y);
    int beside = x + side;
    return ink && (beside < 0 || beside >= layer.width() || !layer.isInk(beside, y));
  }

  /** Returns the ink set upright: each row is moved by whole pixels, and stays what it is. */
  InkLayer upright() {
    int width = slanted.width() + 2 * margin;
    byte[] ink = new byte[width * slanted.height()];
    for (int y = 0; y < slanted.height(); y++) {
      int row = y * slanted.width();
      System.arraycopy(slanted.ink(), row, ink, y * width + shift(y), slanted.width());
    }
    return new InkLayer(width, slanted.height(), ink, slanted.factor());
  }

  /** Returns where a piece of the upright ink was written. */
  Blob asWritten(Blob upright) {
    return upright.moved(slanted.width(), y -> -shift(y));
  }

  /** Returns how many columns a row is moved to the right when it is set upright. */
  int shift(int y) {
    return margin - (int) Math.round(shear * (slanted.height() / 2.0 - y));
  }
}
