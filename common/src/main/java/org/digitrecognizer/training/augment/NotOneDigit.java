// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

/**
 * Draws what is not one digit: what is cut out of a line or a form by mistake. What cannot be told
 * from a digit is left out: an upright stroke is a 1, a ring is a 0.
 */
enum NotOneDigit {
  /** Two digits side by side, which may touch. */
  PAIR(16) {
    @Override
    Canvas draw(Canvas first, Canvas second, Chance chance) {
      return sideBySide(first, second, chance);
    }
  },

  /** Three digits side by side, the last written as the first. */
  CROWD(1.5) {
    @Override
    Canvas draw(Canvas first, Canvas second, Chance chance) {
      return sideBySide(sideBySide(first, second, chance), first, chance);
    }
  },

  /** A digit with the end of the one before, or the beginning of the next. */
  MORE(1.5) {
    @Override
    Canvas draw(Canvas first, Canvas second, Chance chance) {
      double kept = chance.between(0.35, 0.6);
      boolean before = chance.is(0.5);
      Canvas part = before ? first : second;
      Extent extent = Extent.of(part);
      int width = (int) Math.rint(kept * extent.width());
      if (before) {
        part.eraseBox(0, 0, extent.right() - width, part.height);
      } else {
        part.eraseBox(extent.left() + width, 0, part.width, part.height);
      }
      boolean isOne = Extent.of(part) == null || Strokes.areOneUpright(part);
      return isOne ? new Canvas(1, 1) : sideBySide(first, second, chance);
    }
  },

  /** The end of a digit and the beginning of the next. */
  BETWEEN(1.5) {
    @Override
    Canvas draw(Canvas first, Canvas second, Chance chance) {
      Extent end = Extent.of(first);
      Extent beginning = Extent.of(second);
      int cut = (int) Math.rint(chance.between(0.35, 0.65) * end.width());
      int kept = (int) Math.rint(chance.between(0.35, 0.65) * beginning.width());
      first.eraseBox(0, 0, end.left() + cut, first.height);
      second.eraseBox(beginning.left() + kept, 0, second.width, second.height);
      boolean bothLeft = Extent.of(first) != null && Extent.of(second) != null;
      return bothLeft ? sideBySide(first, second, chance) : first;
    }
  },

  /** A digit of which one side was cut off. */
  HALF(4) {
    @Override
    Canvas draw(Canvas first, Canvas second, Chance chance) {
      Extent extent = Extent.of(first);
      double kept = chance.between(0.3, 0.55);
      int width = (int) Math.rint(kept * extent.width());
      int height = (int) Math.rint(kept * extent.height());
      switch (chance.below(4)) {
        case 0 -> first.eraseBox(extent.left() + width, 0, first.width, first.height);
        case 1 -> first.eraseBox(0, 0, extent.right() - width, first.height);
        case 2 -> first.eraseBox(0, extent.top() + height, first.width, first.height);
        default -> first.eraseBox(0, 0, first.width, extent.bottom() - height);
      }
      return first;
    }
  },

  /** A point or a blot. */
  DOT(1) {
    @Override
    Canvas draw(Canvas first, Canvas second, Chance chance) {
      Canvas paper = new Canvas(PAPER_SIDE, PAPER_SIDE);
      double radius = chance.between(2, 8);
      double across = chance.around(radius / 3);
      double down = chance.around(radius / 3);
      paper.line(MIDDLE - across, MIDDLE - down, MIDDLE + across, MIDDLE + down, 2 * radius, 1);
      return paper;
    }
  },

  /** A level or falling stroke, or two of them. */
  DASH(1) {
    @Override
    Canvas draw(Canvas first, Canvas second, Chance chance) {
      Canvas paper = new Canvas(PAPER_SIDE, PAPER_SIDE);
      double thickness = chance.between(1.5, 6);
      double length = chance.between(4, 15) + thickness;
      double rise = chance.around(0.25 * length);
      double bend = chance.around(2);
      double y = MIDDLE - chance.between(0, 6);
      paper.curve(
          MIDDLE - length, y + rise, MIDDLE, y + bend, MIDDLE + length, y - rise, thickness);
      if (chance.is(0.25)) {
        double below = y + thickness + chance.between(3, 9);
        paper.curve(
            MIDDLE - length, below + rise, MIDDLE, below, MIDDLE + length, below - rise, thickness);
      }
      return paper;
    }
  },

  /** Printed lines: level ones, a corner, a crossing, a frame. */
  RULE(1) {
    @Override
    Canvas draw(Canvas first, Canvas second, Chance chance) {
      Canvas paper = new Canvas(PAPER_SIDE, PAPER_SIDE);
      double thickness = chance.between(0.8, 3.5);
      double half = chance.between(8, 20);
      double tall = chance.between(0.4, 1.6) * half;
      int lines = RULES[chance.below(RULES.length)];
      if ((lines & LEVEL) != 0) {
        paper.line(MIDDLE - half, MIDDLE, MIDDLE + half, MIDDLE, thickness, 1);
      }
      if ((lines & UPRIGHT) != 0) {
        paper.line(MIDDLE, MIDDLE - tall, MIDDLE, MIDDLE + tall, thickness, 1);
      }
      if ((lines & TOP) != 0) {
        paper.line(MIDDLE - half, MIDDLE - tall, MIDDLE + half, MIDDLE - tall, thickness, 1);
      }
      if ((lines & BOTTOM) != 0) {
        paper.line(MIDDLE - half, MIDDLE + tall, MIDDLE + half, MIDDLE + tall, thickness, 1);
      }
      if ((lines & LEFT) != 0) {
        paper.line(MIDDLE - half, MIDDLE - tall, MIDDLE - half, MIDDLE + tall, thickness, 1);
      }
      if ((lines & RIGHT) != 0) {
        paper.line(MIDDLE + half, MIDDLE - tall, MIDDLE + half, MIDDLE + tall, thickness, 1);
      }
      return paper;
    }
  },

  /** What is crossed out, a signature, a letter of many strokes. */
  SCRIBBLE(1) {
    @Override
    Canvas draw(Canvas first, Canvas second, Chance chance) {
      Canvas paper = new Canvas(PAPER_SIDE, PAPER_SIDE);
      double thickness = chance.between(1, 4);
      double x = somewhere(chance);
      double y = somewhere(chance);
      int strokes = 4 + chance.below(6);
      for (int i = 0; i < strokes; i++) {
        double toX = somewhere(chance);
        double toY = somewhere(chance);
        paper.curve(x, y, somewhere(chance), somewhere(chance), toX, toY, thickness);
        x = toX;
        y = toY;
      }
      return paper;
    }
  },

  /** The grain of empty paper, made as dark as ink. */
  GRAIN(0.8) {
    @Override
    Canvas draw(Canvas first, Canvas second, Chance chance) {
      Canvas paper = new Canvas(PAPER_SIDE, PAPER_SIDE);
      int specks = 6 + chance.below(60);
      double size = chance.between(0.6, 3);
      double spread = chance.between(4, MIDDLE - 2);
      for (int i = 0; i < specks; i++) {
        double x = MIDDLE + chance.around(spread / 2);
        double y = MIDDLE + chance.around(spread / 2);
        float level = (float) chance.between(0.3, 1);
        paper.line(x, y, x + chance.around(size), y, chance.between(0.5, 1.5) * size, level);
      }
      return paper;
    }
  };

  private static final int PAPER_SIDE = 48;
  private static final int MIDDLE = PAPER_SIDE / 2;

  /** The lines that a rule may have; a corner at the top right alone could be a 7. */
  private static final int LEVEL = 1;

  private static final int UPRIGHT = 2;
  private static final int TOP = 4;
  private static final int BOTTOM = 8;
  private static final int LEFT = 16;
  private static final int RIGHT = 32;
  private static final int FRAME = TOP | BOTTOM | LEFT | RIGHT;

  private static final int[] RULES = {
    LEVEL,
    TOP | BOTTOM,
    TOP | LEFT,
    BOTTOM | LEFT,
    BOTTOM | RIGHT,
    LEVEL | UPRIGHT,
    FRAME,
    FRAME | LEVEL,
    TOP | BOTTOM | LEVEL
  };

  /** How often it is drawn, beside the others. */
  private final double weight;

  NotOneDigit(double weight) {
    this.weight = weight;
  }

  /**
   * Draws it, of two digits laid out by one hand, which may be drawn on; or on paper. Leaves the
   * paper blank where that would look like something else.
   */
  abstract Canvas draw(Canvas first, Canvas second, Chance chance);

  /** Whether it may come out as one upright stroke, which is a 1. */
  boolean mayBeOne() {
    return this == HALF || this == BETWEEN;
  }

  static NotOneDigit any(Chance chance) {
    double all = 0;
    for (NotOneDigit kind : values()) {
      all += kind.weight;
    }
    double place = chance.between(0, all);
    for (NotOneDigit kind : values()) {
      place -= kind.weight;
      if (place < 0) {
        return kind;
      }
    }
    return PAIR;
  }

  private static Canvas sideBySide(Canvas first, Canvas second, Chance chance) {
    Extent a = Extent.of(first);
    Extent b = Extent.of(second);
    int drawn = (int) Math.rint(chance.between(-0.3, 0.2) * Math.max(a.height(), b.height()));
    int gap = Math.max(drawn, -Math.min(a.width(), b.width()) / 2);
    Canvas pair =
        new Canvas(a.width() + b.width() + Math.max(0, gap), first.height + second.height);
    int middle = first.height / 2;
    int drop = (int) Math.rint(chance.around(0.08 * a.height()));
    pair.lay(first, -a.left(), middle - a.top());
    pair.lay(second, a.width() + gap - b.left(), middle + drop - b.top());
    return pair;
  }

  private static double somewhere(Chance chance) {
    return chance.between(6, PAPER_SIDE - 6);
  }
}
