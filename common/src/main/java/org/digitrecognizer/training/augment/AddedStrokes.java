// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

/**
 * Strokes that are added to a digit where one of its own ends or bends. Lengths are in pixels of
 * MNIST, whose digits are 20 high; angles in radians. Each takes the canvas, where its ink lies,
 * and how thick the pen is.
 */
final class AddedStrokes {

  private AddedStrokes() {}

  /** A level stroke on which the digit stands. */
  static void base(Canvas canvas, Extent extent, double pen, Chance chance) {
    double y = extent.bottom() - pen / 2 + chance.between(-1, 2);
    double rise = chance.around(0.7);
    double middle = (extent.left() + extent.right()) / 2.0;
    double left = middle - chance.between(0.3, 0.9) * extent.width();
    double right = middle + chance.between(0.3, 0.9) * extent.width();
    canvas.line(left, y + rise, right, y - rise, pen * chance.between(0.6, 1), 1);
  }

  /**
   * The pen goes on from where a ring is closed: a loop within the ring, as a letter o or e has it,
   * and often a stroke on to a neighbour.
   */
  static void closingLoop(Canvas canvas, Extent extent, double pen, Chance chance) {
    double begin = chance.between(-1.4, 0.2);
    double[] from = outline(canvas, extent, begin, pen);
    double[] to = outline(canvas, extent, begin + chance.between(0.7, 2.2), pen);
    double depth = chance.between(0.8, 2.4);
    double bendX = bend(from[0], to[0], (extent.left() + extent.right()) / 2.0, depth);
    double bendY = bend(from[1], to[1], (extent.top() + extent.bottom()) / 2.0, depth);
    canvas.curve(from[0], from[1], bendX, bendY, to[0], to[1], pen);
    if (chance.is(0.6)) {
      double length = chance.between(3, 9);
      double rise = chance.around(1.5);
      canvas.curve(
          to[0], to[1], to[0] + length / 2, to[1] + rise, to[0] + length, to[1] - rise, pen);
    }
  }

  private static double bend(double from, double to, double centre, double depth) {
    double middle = (from + to) / 2;
    return middle + depth * (centre - middle);
  }

  /**
   * Where a stroke runs along the outside.
   *
   * @param angle clockwise from the top, seen from the middle
   */
  private static double[] outline(Canvas canvas, Extent extent, double angle, double pen) {
    double x = (extent.left() + extent.right()) / 2.0;
    double y = (extent.top() + extent.bottom()) / 2.0;
    double across = StrictMath.sin(angle);
    double down = -StrictMath.cos(angle);
    double reach = extent.width() + extent.height();
    while (reach > 0 && canvas.at(x + reach * across, y + reach * down) < Canvas.INKED) {
      reach -= 0.5;
    }
    double middle = Math.max(0, reach - pen / 2);
    return new double[] {x + middle * across, y + middle * down};
  }

  /** A stroke from the head down to the left. */
  static void flag(Canvas canvas, Extent extent, double pen, Chance chance) {
    flag(canvas, extent, pen, chance.between(3, 13), chance.between(0.35, 1.1), chance);
  }

  /** The same that goes far to the left, and down to the middle or below. */
  static void longFlag(Canvas canvas, Extent extent, double pen, Chance chance) {
    flag(canvas, extent, pen, chance.between(10, 16), chance.between(0.6, 1), chance);
  }

  private static void flag(
      Canvas canvas, Extent extent, double pen, double length, double angle, Chance chance) {
    double x = middle(canvas, extent.top(), extent);
    double y = extent.top() + pen / 2;
    double endX = x - length * StrictMath.sin(angle);
    double endY = y + length * StrictMath.cos(angle);
    double bend = chance.around(2);
    canvas.curve(x, y, (x + endX) / 2 + bend, (y + endY) / 2 + bend, endX, endY, pen);
  }

  /** A level stroke below. */
  static void foot(Canvas canvas, Extent extent, double pen, Chance chance) {
    double x = middle(canvas, extent.bottom(), extent);
    double y = extent.bottom() - pen / 2 + chance.between(0, 1);
    double rise = chance.around(0.6);
    canvas.line(x - chance.between(2, 6), y - rise, x + chance.between(2, 6), y + rise, pen, 1);
  }

  /** A loop at the head, as a letter l has it. */
  static void loop(Canvas canvas, Extent extent, double pen, Chance chance) {
    double x = middle(canvas, extent.top(), extent);
    double y = extent.top() + pen / 2;
    int row = extent.top() + (int) (chance.between(0.5, 0.85) * extent.height());
    double side = chance.is(0.7) ? 1 : -1;
    double bulge = x + side * chance.between(4, 10);
    canvas.curve(x, y, bulge, y + 1, middle(canvas, row, extent), row, pen);
    if (chance.is(0.5)) {
      double startX = x - chance.between(4, 8);
      double startY = row + chance.between(0, 4);
      canvas.line(middle(canvas, row, extent), row, startX, startY, pen, 1);
    }
  }

  /** The head begins with a curl inwards. */
  static void curl(Canvas canvas, Extent extent, double pen, Chance chance) {
    int lowest = extent.top() + extent.height() * 45 / 100;
    for (int x = extent.left(); x <= extent.right(); x++) {
      for (int y = lowest; y >= extent.top(); y--) {
        if (canvas.at(x, y) >= Canvas.INKED) {
          double startX = x + pen / 3;
          double deep = y + chance.between(3, 10);
          double endX = x + chance.between(3, 12);
          double endY = y + chance.between(0, 7);
          canvas.curve(startX, y, x + chance.between(-2, 2), deep, endX, endY, pen);
          return;
        }
      }
    }
  }

  /** A short stroke across the stem. */
  static void bar(Canvas canvas, Extent extent, double pen, Chance chance) {
    int row = extent.top() + (int) (chance.between(0.4, 0.68) * extent.height());
    double x = middle(canvas, row, extent) + chance.around(0.6);
    double rise = chance.around(1);
    double left = chance.between(2.5, 8.5);
    double right = chance.between(2.5, 6.5);
    canvas.line(x - left, row + rise, x + right, row - rise, pen * chance.between(0.75, 1.05), 1);
  }

  /** A short stroke down from where the top begins. */
  static void serif(Canvas canvas, Extent extent, double pen, Chance chance) {
    int lowest = extent.top() + extent.height() / 3;
    for (int x = extent.left(); x <= extent.right(); x++) {
      for (int y = extent.top(); y <= lowest; y++) {
        if (canvas.at(x, y) >= Canvas.INKED) {
          double length = chance.between(2, 5);
          canvas.line(x + pen / 2, y, x + pen / 2 - chance.between(-1, 1), y + length, pen, 1);
          return;
        }
      }
    }
  }

  /** The tail goes on to the left and up, or sometimes to the right. */
  static void hook(Canvas canvas, Extent extent, double pen, Chance chance) {
    double x = middle(canvas, extent.bottom(), extent);
    double y = extent.bottom() - pen / 2;
    double side = chance.is(0.8) ? -1 : 1;
    double length = chance.between(3, 8);
    double depth = chance.between(0.5, 3.5);
    double rise = chance.between(0, side < 0 ? 7 : 3);
    canvas.curve(x, y, x + side * length / 2, y + 2 * depth, x + side * length, y - rise, pen);
  }

  /** A level stroke from one side, or both, to where a neighbour would stand. */
  static void join(Canvas canvas, Extent extent, double thickness, Chance chance) {
    double pen = thickness * chance.between(0.7, 1);
    int side = chance.sign();
    joinAt(canvas, extent, side, pen, chance);
    if (chance.is(0.4)) {
      joinAt(canvas, extent, -side, pen, chance);
    }
  }

  private static void joinAt(Canvas canvas, Extent extent, int side, double pen, Chance chance) {
    int row = extent.top() + (int) (chance.between(0.05, 0.95) * extent.height());
    int x = side < 0 ? extent.left() : extent.right();
    while (x >= extent.left() && x <= extent.right() && canvas.at(x, row) < Canvas.INKED) {
      x -= side;
    }
    double length = chance.between(2, 6);
    double rise = chance.around(1.5);
    canvas.curve(x, row, x + side * length / 2, row + rise, x + side * length, row - rise / 2, pen);
  }

  /** The middle of the ink of a row; of the row nearest above it that has any. */
  private static double middle(Canvas canvas, int row, Extent extent) {
    for (int y = row; y >= extent.top(); y--) {
      double mass = 0;
      double sum = 0;
      for (int x = extent.left(); x <= extent.right(); x++) {
        mass += canvas.at(x, y);
        sum += x * canvas.at(x, y);
      }
      if (mass >= Canvas.INKED) {
        return sum / mass;
      }
    }
    return (extent.left() + extent.right()) / 2.0;
  }
}
