package org.digitrecognizer.training.augment;

/**
 * Ways of writing that MNIST has few of or none: drawn onto its digits at the ends of their
 * strokes, with the pen that wrote them. Lengths are in pixels of MNIST, whose digits are 20 high.
 */
final class Styles {

  /** Share of the noughts that stand on a stroke. */
  private static final double BASE = 0.15;

  /** Shares of the ones with a flag and with a foot, and of narrow ones only. */
  private static final double FLAG = 0.7;

  private static final double FOOT = 0.25;

  /** Share of the ones written as a letter l, with a loop. */
  private static final double LOOP = 0.08;

  private static final int NARROW_ONE = 9;

  /** Share of the twos whose head is curled, and of the fours whose stem is short. */
  private static final double CURL = 0.4;

  private static final double SHORT_STEM = 0.5;

  /** Share of the sevens with a bar and with a serif. */
  private static final double BAR = 0.55;

  private static final double SERIF = 0.3;

  /** Share of the nines, fives and threes whose tail is hooked. */
  private static final double HOOK = 0.4;

  private static final double SHORT_HOOK = 0.12;

  /** Share of the nines whose tail hangs from the loop as a thread from a bead. */
  private static final double HUNG_TAIL = 0.42;

  /** Share of the noughts and of other digits with a stroke that joins them to a neighbour. */
  private static final double JOINED_NOUGHT = 0.35;

  private static final double JOINED = 0.07;

  /** From this level on, a pixel belongs to a stroke. */
  private static final float FAINT = 0.2f;

  private Styles() {}

  /** Writes a digit in another style, or leaves it as it is. */
  static void write(Canvas canvas, int label, Chance chance) {
    switch (label) {
      case 0 -> nought(canvas, chance);
      case 1 -> one(canvas, chance);
      case 2 -> two(canvas, chance);
      case 4 -> four(canvas, chance);
      case 7 -> seven(canvas, chance);
      case 9 -> nine(canvas, chance);
      case 3, 5 -> hook(canvas, chance, SHORT_HOOK);
      default -> {}
    }
    if (chance.is(label == 0 ? JOINED_NOUGHT : JOINED)) {
      join(canvas, chance);
    }
  }

  private static void nought(Canvas canvas, Chance chance) {
    if (chance.is(BASE)) {
      base(canvas, Extent.of(canvas), pen(canvas), chance);
    }
  }

  /** A level stroke on which the digit stands. */
  static void base(Canvas canvas, Extent extent, double pen, Chance chance) {
    double y = extent.bottom() - pen / 2 + chance.between(-1, 2);
    double rise = chance.around(0.7);
    double middle = (extent.left() + extent.right()) / 2.0;
    double left = middle - chance.between(0.2, 0.8) * extent.width();
    double right = middle + chance.between(0.2, 0.8) * extent.width();
    canvas.line(left, y + rise, right, y - rise, pen * chance.between(0.6, 1), 1);
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
    if (chance.is(LOOP)) {
      loop(canvas, extent, pen, chance);
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

  private static void two(Canvas canvas, Chance chance) {
    if (chance.is(CURL)) {
      curl(canvas, Extent.of(canvas), pen(canvas), chance);
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

  private static void four(Canvas canvas, Chance chance) {
    if (chance.is(SHORT_STEM)) {
      shortenStem(canvas, Extent.of(canvas), chance);
    }
  }

  /** The stem of an open four begins shortly above its bar, or at it. */
  static void shortenStem(Canvas canvas, Extent extent, Chance chance) {
    int bar = widestRow(canvas, extent);
    int end = bar + 1 - chance.below(5);
    for (int y = extent.top(); y < end; y++) {
      int x = extent.right();
      while (x > extent.left() && canvas.at(x, y) < FAINT) {
        x--;
      }
      int right = x;
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

  private static void nine(Canvas canvas, Chance chance) {
    if (chance.is(HUNG_TAIL)) {
      hangTail(canvas, Extent.of(canvas), pen(canvas), chance);
    }
    hook(canvas, chance, HOOK);
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
    double x = ring.left() + chance.between(0.25, 1) * ring.width();
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

  /** How thick the pen is. */
  static double pen(Canvas canvas) {
    return Math.max(1.2, Math.min(4, Strokes.thickness(canvas)));
  }
}
