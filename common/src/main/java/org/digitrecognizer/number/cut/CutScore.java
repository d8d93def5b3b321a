package org.digitrecognizer.number.cut;

import org.digitrecognizer.number.PieceReading;

/**
 * How likely it is that a piece of ink is one digit, a mark, or comes apart. A way through the
 * lattice adds the scores of its pieces and of the places where it takes ink apart, and the share
 * of a number is that of its ways in all: a semi-Markov conditional random field (Sarawagi and
 * Cohen, NIPS 2004; for handwriting: Zhou et al., IEEE TPAMI 35(10), 2013). All lengths are shares
 * of a digit's height.
 *
 * <p>The weights are chosen on 418 real amounts of cheques, which trained no network: they maximise
 * the likelihood of the amounts, given what a network of the recipe {@code scans} reads in the
 * pieces, and are rounded. So fitted they read 55.5 % of these right; fitted on one half and
 * measured on the other, 53.8 %.
 */
final class CutScore {

  /**
   * Pieces of one number are not independent: the same hand, pen and scanner made them. Powers of
   * their probabilities are multiplied instead of these. Tried by tenths, not fitted.
   */
  private static final double INDEPENDENCE = 0.9;

  /** A digit: any, and its logarithms of being one digit, of being none, and of its digit. */
  private static final double DIGIT = -2.5;

  private static final double ONE = 1;
  private static final double NOT_ONE = -0.5;
  private static final double CERTAIN = 1.5;

  /** A digit that is lower than most, taller than most, or stands elsewhere. */
  private static final double LOW = -2;

  private static final double TALL = -12;
  private static final double FOOT = -2.6;

  /** A cut that was not made, through little ink. */
  private static final double UNCUT = -0.5;

  /** A 1 that was cut off from its neighbour: the side of any digit is one. */
  private static final double CUT_ONE = -2.9;

  /** A place where ink was cut; one with paper in between scores 0. */
  private static final double CUT = -1.8;

  /** A mark: any, the logarithm of its being no digit, and its height, which was not fitted. */
  private static final double MARK = 0.9;

  private static final double MARK_TALL = -4;
  private static final double MARK_NOT_ONE = 0.5;

  private static final double LEAST_LOG_ONE = -7;
  private static final double LEAST_LOG_NOT_ONE = -5;
  private static final double LOWEST = 0.75;
  private static final double TALLEST = 1.3;
  private static final double TALLEST_POINT = 0.2;

  private CutScore() {}

  /**
   * Scores a piece as one digit.
   *
   * @param foot how far its lower end is from the line's
   * @param uncut for each cut that it leaves, the ink that is not crossed, in widths of the stroke
   * @param sides how many of its two sides are cuts through ink
   */
  static double digit(PieceReading reading, double height, double foot, double[] uncut, int sides) {
    double near = 0;
    for (double crossed : uncut) {
      near += Math.exp(-crossed);
    }
    return DIGIT
        + ONE * Math.max(LEAST_LOG_ONE, Math.log(reading.oneDigit()))
        + NOT_ONE * logNotOne(reading)
        + CERTAIN * Math.log(certainty(reading))
        + LOW * Math.max(0, LOWEST - height)
        + TALL * Math.max(0, height - TALLEST)
        + FOOT * foot
        + UNCUT * near
        + CUT_ONE * reading.probabilities()[1] * sides;
  }

  /** Returns the greatest of the ten probabilities. */
  static double certainty(PieceReading reading) {
    double certainty = 0;
    for (float probability : reading.probabilities()) {
      certainty = Math.max(certainty, probability);
    }
    return certainty;
  }

  private static double logNotOne(PieceReading reading) {
    return Math.max(LEAST_LOG_NOT_ONE, Math.log(1 - reading.oneDigit()));
  }

  /** Returns what the digits of a piece weigh against one another, ten of them. */
  static float[] weights(float[] probabilities) {
    float[] weights = new float[probabilities.length];
    for (int digit = 0; digit < weights.length; digit++) {
      weights[digit] = (float) Math.pow(Math.max(1e-6, probabilities[digit]), INDEPENDENCE);
    }
    return weights;
  }

  /** Scores a place where a way takes ink apart by a cut. */
  static double cut() {
    return CUT;
  }

  /**
   * Scores a piece as a point, comma, dash, equals sign or currency sign, or as what is no writing.
   *
   * @param reading of the piece; null of one that is too low or too tall for a digit
   */
  static double mark(PieceReading reading, double height) {
    return MARK
        + MARK_TALL * Math.max(0, height - TALLEST_POINT)
        + (reading == null ? 0 : MARK_NOT_ONE * logNotOne(reading));
  }
}
