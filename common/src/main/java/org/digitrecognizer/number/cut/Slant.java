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

  /** Leanings that are tried, in tenths: most hands lean to the right. */
  private static final int LEAST = -3;

  private static final int MOST = 9;

  /** Finds the slant at which the ink gathers in the fewest columns. */
  static Slant of(InkLayer layer) {
    Slant best = new Slant(0, 0, layer);
    double most = -1;
    for (int tenths = LEAST; tenths <= MOST; tenths++) {
      double shear = tenths / 10.0;
      int margin = (int) Math.ceil(Math.abs(shear) * layer.height() / 2) + 1;
      Slant slant = new Slant(shear, margin, layer);
      double gathered = slant.gathered();
      if (gathered > most) {
        most = gathered;
        best = slant;
      }
    }
    return best;
  }

  /** Sums the squares of the columns' ink if the layer is set upright. */
  private double gathered() {
    double[] columns = new double[slanted.width() + 2 * margin + 1];
    for (int y = 0; y < slanted.height(); y++) {
      double shift = margin - shear * (slanted.height() / 2.0 - y);
      for (int x = 0; x < slanted.width(); x++) {
        if (slanted.isInk(x, y)) {
          int column = (int) (x + shift);
          double rest = x + shift - column;
          columns[column] += 1 - rest;
          columns[column + 1] += rest;
        }
      }
    }
    double sum = 0;
    for (double ink : columns) {
      sum += ink * ink;
    }
    return sum;
  }

  /** Returns the ink set upright. */
  InkLayer upright() {
    int width = slanted.width() + 2 * margin;
    byte[] ink = new byte[width * slanted.height()];
    InkLayer upright = new InkLayer(width, slanted.height(), ink, slanted.factor());
    for (int y = 0; y < slanted.height(); y++) {
      for (int x = 0; x < width; x++) {
        double from = slantedColumn(x, y);
        int column = (int) Math.floor(from);
        double rest = from - column;
        double level = (1 - rest) * level(column, y) + rest * level(column + 1, y);
        ink[y * width + x] = (byte) Math.round(level);
      }
    }
    return upright;
  }

  private double level(int x, int y) {
    return x < 0 || x >= slanted.width() ? 0 : slanted.ink()[y * slanted.width() + x] & 0xff;
  }

  /** Returns the column on which a place of the upright ink was written. */
  double slantedColumn(int x, int y) {
    return x - margin + shear * (slanted.height() / 2.0 - y);
  }
}
