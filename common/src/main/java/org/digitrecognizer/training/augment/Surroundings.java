// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

import java.util.function.Supplier;

/**
 * What lies around a digit where it is cut out of a line of writing: the ends of its neighbours'
 * strokes, commas and points, ruled lines, dust. All of it is cut off where the cut is.
 */
final class Surroundings {

  /** Share of digits with a neighbour on one side; each side is drawn alone. */
  private static final double NEIGHBOUR = 0.4;

  /** From the digit to its neighbour, in pixels of MNIST: less than 0 if the two overlap. */
  private static final double LEAST_GAP = -5;

  private static final double MOST_GAP = 2;

  /**
   * More ink of others than this share of the digit's, and a piece of a stroke in square pixels of
   * MNIST, would make it another image.
   */
  private static final double MOST_OTHER_INK = 0.4;

  private static final double MOST_PIECE = 14;

  /** Shares of digits with a comma or point, with a line below or across, with a cell's border. */
  private static final double COMMA = 0.12;

  private static final double LINE = 0.22;
  private static final double LINE_ACROSS = 0.03;
  private static final double BORDER = 0.04;

  /** Share with dust. */
  private static final double DUST = 0.08;

  /** Share cut out along the ink, and the widest margin of the others in pixels of MNIST. */
  private static final double TIGHT = 0.35;

  private static final double MOST_MARGIN = 3;

  private final double scale;
  private final Canvas scan;
  private final Extent digit;
  private final double ink;

  private Surroundings(Canvas drawn, double scale, int margin) {
    Extent extent = Extent.of(drawn);
    this.scale = scale;
    this.scan = new Canvas(extent.width() + 2 * margin, extent.height() + 2 * margin);
    scan.lay(drawn, margin - extent.left(), margin - extent.top());
    int right = margin + extent.width() - 1;
    this.digit = new Extent(margin, margin, right, margin + extent.height() - 1);
    this.ink = scan.mass();
  }

  /** Cuts a digit out of clean paper. */
  static Canvas clean(Canvas drawn, double scale) {
    return new Surroundings(drawn, scale, (int) Math.ceil(2 * scale)).scan;
  }

  /**
   * Cuts a digit out of written paper.
   *
   * @param drawn the digit
   * @param neighbours other digits by the same hand
   * @param scale pixels a pixel of MNIST
   */
  static Canvas written(Canvas drawn, Supplier<Canvas> neighbours, double scale, Chance chance) {
    double room = chance.is(TIGHT) ? 0 : chance.between(0, MOST_MARGIN);
    Surroundings around = new Surroundings(drawn, scale, (int) Math.rint(room * scale));
    if (chance.is(NEIGHBOUR)) {
      around.neighbour(neighbours.get(), -1, chance);
    }
    if (chance.is(NEIGHBOUR)) {
      around.neighbour(neighbours.get(), 1, chance);
    }
    around.marks(chance);
    return around.scan;
  }

  private void neighbour(Canvas other, int side, Chance chance) {
    Extent extent = Extent.of(other);
    if (extent == null) {
      return;
    }
    int gap = (int) Math.rint(chance.between(LEAST_GAP, MOST_GAP) * scale);
    int x = side > 0 ? digit.right() + 1 + gap : digit.left() - gap - extent.width();
    int y = digit.bottom() - extent.height() + (int) Math.rint(chance.around(2 * scale));
    float[] before = scan.ink.clone();
    scan.lay(other, x - extent.left(), y - extent.top());
    if (scan.mass() > (1 + MOST_OTHER_INK) * ink + MOST_PIECE * scale * scale) {
      System.arraycopy(before, 0, scan.ink, 0, before.length);
    }
  }

  private void marks(Chance chance) {
    if (chance.is(COMMA)) {
      comma(chance);
    }
    if (chance.is(LINE)) {
      line(digit.bottom() + chance.between(-4, MOST_MARGIN) * scale, chance);
    }
    if (chance.is(LINE_ACROSS)) {
      line(chance.between(digit.top(), digit.bottom()), chance);
    }
    if (chance.is(BORDER)) {
      border(chance);
    }
    if (chance.is(DUST)) {
      dust(chance);
    }
  }

  private void comma(Chance chance) {
    double x = chance.is(0.75) ? digit.right() + chance.between(-3, 2) * scale : digit.left();
    double y = digit.bottom() + chance.between(-2.5, 1.5) * scale;
    double length = chance.is(0.5) ? 0 : chance.between(1, 4) * scale;
    double pen = chance.between(1.2, 3) * scale;
    scan.line(x, y, x - length / 2, y + length, pen, 1);
  }

  /** A level line, whole or dotted, over all of the scan. */
  private void line(double y, Chance chance) {
    double slope = chance.around(0.02);
    double thickness = chance.between(0.4, 2) * scale;
    float level = (float) chance.between(0.35, 1);
    boolean dotted = chance.is(0.35);
    double dash = chance.between(1.5, 5) * scale;
    double end = dotted ? chance.between(0, dash) : scan.width + dash;
    for (double x = -dash; x < scan.width; x = end + dash * chance.between(0.5, 1.5)) {
      end = dotted ? x + dash : scan.width + dash;
      scan.line(x, y + slope * x, end, y + slope * end, thickness, level);
      if (!dotted) {
        return;
      }
    }
  }

  private void border(Chance chance) {
    double off = chance.between(-0.5, MOST_MARGIN) * scale;
    double x = chance.is(0.5) ? digit.left() - off : digit.right() + off;
    double thickness = chance.between(0.5, 1.5) * scale;
    scan.line(x, -scale, x, scan.height + scale, thickness, (float) chance.between(0.4, 1));
  }

  private void dust(Chance chance) {
    int specks = 1 + chance.below(5);
    for (int i = 0; i < specks; i++) {
      double x = chance.between(0, scan.width);
      double y = chance.between(0, scan.height);
      double length = chance.between(0, 1.5) * scale;
      scan.line(
          x, y, x + length, y + chance.around(1) * scale, chance.between(0.5, 1.3) * scale, 1);
    }
  }
}
