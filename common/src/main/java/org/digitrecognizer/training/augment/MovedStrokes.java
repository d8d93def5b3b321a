// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

/** Strokes of a digit that are written elsewhere. Lengths are in pixels of MNIST. */
final class MovedStrokes {

  /** From this level on, a pixel belongs to a stroke. */
  private static final float FAINT = 0.2f;

  private MovedStrokes() {}

  /** The top of a seven is short, or only a bend at the head of its stem. */
  static void shortenTop(Canvas canvas, Extent extent, double pen, Chance chance) {
    int left = extent.left() + (int) Math.rint(chance.between(0.3, 0.75) * extent.width());
    int bottom = extent.top() + extent.height() / 2;
    int head = extent.top() + extent.height() / 4;
    for (int y = extent.top() - 1; y < bottom; y++) {
      int right = extent.right();
      while (right > extent.left() && canvas.at(right, y) < FAINT) {
        right--;
      }
      int x = right;
      while (x > extent.left() && canvas.at(x - 1, y) >= FAINT) {
        x--;
      }
      boolean isTop = right - x > 2.5 * pen || y < head;
      canvas.eraseBox(0, y, isTop ? Math.max(x, left) : x, y + 1);
    }
  }

  /** The stem of an open four begins shortly above its bar, or at it. */
  static void shortenStem(Canvas canvas, Extent extent, Chance chance) {
    int bar = widestRow(canvas, extent);
    int end = bar + 1 - chance.below(5);
    for (int y = extent.top(); y < end; y++) {
      shortenStem(canvas, extent, y);
    }
  }

  /** Erases the stem in a row that has ink to the left of it, too. */
  private static void shortenStem(Canvas canvas, Extent extent, int y) {
    int right = extent.right();
    while (right > extent.left() && canvas.at(right, y) < FAINT) {
      right--;
    }
    int x = right;
    while (x > extent.left() && canvas.at(x, y) >= FAINT) {
      x--;
    }
    boolean leftArm = false;
    for (int i = extent.left(); i < x; i++) {
      leftArm |= canvas.at(i, y) >= Canvas.INKED;
    }
    if (leftArm) {
      canvas.eraseBox(x + 1, y, right + 1, y + 1);
    }
  }

  /** The row whose ink goes farthest from left to right, of those in the middle. */
  private static int widestRow(Canvas canvas, Extent extent) {
    int widest = extent.top() + extent.height() / 2;
    double most = 0;
    for (int y = extent.top() + extent.height() / 4; y < extent.bottom(); y++) {
      double sum = 0;
      for (int x = extent.left(); x <= extent.right(); x++) {
        sum += canvas.at(x, y);
      }
      if (sum > most) {
        most = sum;
        widest = y;
      }
    }
    return widest;
  }

  /** The tail leaves the loop below, anywhere along it, and not at its right side. */
  static void hangTail(Canvas canvas, Extent extent, double pen, Chance chance) {
    int loop = lastHollowRow(canvas, extent);
    if (loop < extent.top() + extent.height() / 4) {
      return;
    }
    int end = loop + 1 + (int) Math.rint(pen);
    canvas.eraseBox(0, end, canvas.width, canvas.height);
    Extent ring = Extent.of(canvas);
    if (ring == null) {
      return;
    }
    double x = ring.left() + chance.between(0.15, 1) * ring.width();
    double startX = Math.min(x, ring.right() - pen / 2);
    double startY = startX == x ? end - pen : loop - pen;
    double endX = startX + chance.between(-5, 3);
    double bendX = startX + chance.between(-2, 5);
    double bendY = (startY + extent.bottom()) / 2;
    canvas.curve(startX, startY, bendX, bendY, endX, extent.bottom() - pen / 2, pen);
  }

  /** The last row, of the upper two thirds, that has paper between ink. */
  private static int lastHollowRow(Canvas canvas, Extent extent) {
    for (int y = extent.top() + extent.height() * 2 / 3; y > extent.top(); y--) {
      int runs = 0;
      for (int x = extent.left(); x <= extent.right(); x++) {
        boolean begins = canvas.at(x, y) >= FAINT && canvas.at(x - 1, y) < FAINT;
        runs += begins ? 1 : 0;
      }
      if (runs > 1) {
        return y;
      }
    }
    return extent.top();
  }
}
