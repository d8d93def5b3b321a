// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

/**
 * Ways of writing that MNIST has few of or none, made of its digits: which digit is written how,
 * and how often.
 */
final class Styles {

  /** Share of the noughts that stand on a stroke. */
  private static final double BASE = 0.25;

  /** Share of the noughts that a loop closes. */
  private static final double CLOSED_BY_LOOP = 0.2;

  /** Shares of the ones with a flag, with a long one, and with a foot; and of narrow ones only. */
  private static final double FLAG = 0.6;

  private static final double LONG_FLAG = 0.2;

  private static final double FOOT = 0.25;

  /** Share of the ones written as a letter l, with a loop. */
  private static final double LOOP = 0.08;

  private static final int NARROW_ONE = 9;

  /** Share of the others, which lean, that are written like narrow ones. */
  private static final double LEANING = 0.45;

  /** Share of the twos whose head is curled, and of the fours whose stem is short. */
  private static final double CURL = 0.4;

  private static final double SHORT_STEM = 0.5;

  /** Share of the sevens with a bar and with a serif. */
  private static final double BAR = 0.55;

  private static final double SERIF = 0.3;

  /** Share of the sevens with a bar and little else that crosses the stem. */
  private static final double SHORT_TOP = 0.12;

  /** Share of the nines, fives and threes whose tail is hooked. */
  private static final double HOOK = 0.4;

  private static final double SHORT_HOOK = 0.12;

  /** Share of the nines whose tail hangs from the loop as a thread from a bead. */
  private static final double HUNG_TAIL = 0.5;

  /** Share of the noughts and of other digits with a stroke that joins them to a neighbour. */
  private static final double JOINED_NOUGHT = 0.35;

  private static final double JOINED = 0.07;

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
      AddedStrokes.join(canvas, Extent.of(canvas), pen(canvas), chance);
    }
  }

  private static void nought(Canvas canvas, Chance chance) {
    if (chance.is(BASE)) {
      AddedStrokes.base(canvas, Extent.of(canvas), pen(canvas), chance);
    }
    if (chance.is(CLOSED_BY_LOOP)) {
      AddedStrokes.closingLoop(canvas, Extent.of(canvas), pen(canvas), chance);
    }
  }

  private static void one(Canvas canvas, Chance chance) {
    Extent extent = Extent.of(canvas);
    if (extent.width() > NARROW_ONE && !chance.is(LEANING)) {
      return;
    }
    double pen = pen(canvas);
    double flag = chance.between(0, 1);
    if (flag < LONG_FLAG) {
      AddedStrokes.longFlag(canvas, extent, pen, chance);
    } else if (flag < LONG_FLAG + FLAG) {
      AddedStrokes.flag(canvas, extent, pen, chance);
    }
    if (chance.is(LOOP)) {
      AddedStrokes.loop(canvas, extent, pen, chance);
    }
    if (chance.is(FOOT)) {
      AddedStrokes.foot(canvas, extent, pen, chance);
    }
  }

  private static void two(Canvas canvas, Chance chance) {
    if (chance.is(CURL)) {
      AddedStrokes.curl(canvas, Extent.of(canvas), pen(canvas), chance);
    }
  }

  private static void four(Canvas canvas, Chance chance) {
    if (chance.is(SHORT_STEM)) {
      MovedStrokes.shortenStem(canvas, Extent.of(canvas), chance);
    }
  }

  private static void seven(Canvas canvas, Chance chance) {
    Extent extent = Extent.of(canvas);
    double pen = pen(canvas);
    if (chance.is(SHORT_TOP)) {
      MovedStrokes.shortenTop(canvas, extent, pen, chance);
      AddedStrokes.bar(canvas, extent, pen, chance);
      return;
    }
    if (chance.is(BAR)) {
      AddedStrokes.bar(canvas, extent, pen, chance);
    }
    if (chance.is(SERIF)) {
      AddedStrokes.serif(canvas, extent, pen, chance);
    }
  }

  private static void nine(Canvas canvas, Chance chance) {
    if (chance.is(HUNG_TAIL)) {
      MovedStrokes.hangTail(canvas, Extent.of(canvas), pen(canvas), chance);
    }
    hook(canvas, chance, HOOK);
  }

  private static void hook(Canvas canvas, Chance chance, double share) {
    if (chance.is(share)) {
      AddedStrokes.hook(canvas, Extent.of(canvas), pen(canvas), chance);
    }
  }

  /** How thick the pen is. */
  static double pen(Canvas canvas) {
    return Math.max(1.2, Math.min(4, Strokes.thickness(canvas)));
  }
}
