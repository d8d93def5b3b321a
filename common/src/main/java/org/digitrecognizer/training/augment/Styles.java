package org.digitrecognizer.training.augment;

/**
 * Ways of writing that MNIST has few of or none: drawn onto its digits at the ends of their
 * strokes, with the pen that wrote them. Lengths are in pixels of MNIST, whose digits are 20 high.
 */
final class Styles {

  /** Shares of the ones with a flag and with a foot, and of narrow ones only. */
  private static final double FLAG = 0.6;

  private static final double FOOT = 0.25;
  private static final int NARROW_ONE = 9;

  /** Share of the sevens with a bar and with a serif. */
  private static final double BAR = 0.5;

  private static final double SERIF = 0.25;

  /** Share of the nines, fives and threes whose tail is hooked. */
  private static final double HOOK = 0.4;

  private static final double SHORT_HOOK = 0.12;

  /** Share of the noughts and of other digits with a stroke that joins them to a neighbour. */
  private static final double JOINED_NOUGHT = 0.25;

  private static final double JOINED = 0.07;

  private Styles() {}

  /** Writes a digit in another style, or leaves it as it is. */
  static void write(Canvas canvas, int label, Chance chance) {
    switch (label) {
      case 1 -> one(canvas, chance);
      case 7 -> seven(canvas, chance);
      case 9 -> hook(canvas, chance, HOOK);
      case 3, 5 -> hook(canvas, chance, SHORT_HOOK);
      default -> {}
    }
    if (chance.is(label == 0 ? JOINED_NOUGHT : JOINED)) {
      join(canvas, chance);
    }
  }

  private static void one(Canvas canvas, Chance chance) {
    Extent extent = Extent.of(canvas);
    if (extent.width() > NARROW_ONE && !chance.is(0.3)) {
      return;
    }
    double pen = pen(canvas);
    if (chance.is(FLAG)) {
      flag(canvas, extent, pen, chance);
    }
    if (chance.is(FOOT)) {
      foot(canvas, extent, pen, chance);
    }
  }

  /** A stroke from the head down to the left. */
  static void flag(Canvas canvas, Extent extent, double pen, Chance chance) {
    double x = middle(canvas, extent.top(), extent);
    double y = extent.top() + pen / 2;
    double length = chance.between(3, 13);
    double angle = chance.between(0.35, 1.1);
    double endX = x - length * StrictMath.sin(angle);
    double endY = y + length * StrictMath.cos(angle);
    double bend = chance.around(0.8);
    canvas.curve(x, y, (x + endX) / 2 + bend, (y + endY) / 2 + bend, endX, endY, pen);
  }

  /** A level stroke below. */
  static void foot(Canvas canvas, Extent extent, double pen, Chance chance) {
    double x = middle(canvas, extent.bottom(), extent);
    double y = extent.bottom() - pen / 2 + chance.between(0, 1);
    double rise = chance.around(0.6);
    canvas.line(x - chance.between(2, 6), y - rise, x + chance.between(2, 6), y + rise, pen, 1);
  }

  private static void seven(Canvas canvas, Chance chance) {
    Extent extent = Extent.of(canvas);
    double pen = pen(canvas);
    if (chance.is(BAR)) {
      bar(canvas, extent, pen, chance);
    }
    if (chance.is(SERIF)) {
      serif(canvas, extent, pen, chance);
    }
  }

  /** A short stroke across the stem. */
  static void bar(Canvas canvas, Extent extent, double pen, Chance chance) {
    int row = extent.top() + (int) (chance.between(0.4, 0.68) * extent.height());
    double x = middle(canvas, row, extent) + chance.around(0.6);
    double rise = chance.around(1);
    double left = chance.between(2.5, 7);
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

  private static void hook(Canvas canvas, Chance chance, double share) {
    if (chance.is(share)) {
      hook(canvas, Extent.of(canvas), pen(canvas), chance);
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
  static void join(Canvas canvas, Chance chance) {
    Extent extent = Extent.of(canvas);
    double pen = pen(canvas) * chance.between(0.7, 1);
    int side = chance.sign();
    joinAt(canvas, extent, side, pen, chance);
    if (chance.is(0.4)) {
      joinAt(canvas, extent, -side, pen, chance);
    }
  }

  private static void joinAt(Canvas canvas, Extent extent, int side, double pen, Chance chance) {
    int row = extent.top() + (int) (chance.between(0.05, 0.5) * extent.height());
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

  /** How thick the pen is. */
  static double pen(Canvas canvas) {
    return Math.max(1.2, Math.min(4, Strokes.thickness(canvas)));
  }
}
