package org.digitrecognizer.number.cut;

/**
 * How likely it is that a piece of ink is one digit, a mark, or comes apart. Each piece and each
 * place where ink may come apart adds its score to a way through the lattice, whether the way uses
 * it or not, so that ways with more and with fewer digits compare (semi-Markov conditional random
 * field: Sarawagi and Cohen, NIPS 2004; for handwriting: Zhou et al., IEEE TPAMI 35(10), 2013). All
 * lengths are shares of a digit's height.
 */
final class CutScore {

  /** What a probability of 0 or 1 is taken for. */
  private static final double MOST_LOGIT = 6;

  private CutScore() {}

  /** Weights of a digit's features. Chosen on amounts of cheques that trained nothing else. */
  static final double[] DIGIT = {0.8, 1.2, 8, 5, 4, 0.5, 4, 1, 0.3};

  /** Weights of the features of a place where ink comes apart. */
  static final double[] APART = {1, -1.2, -0.4};

  /**
   * Scores a piece as one digit.
   *
   * @param certainty greatest of the ten probabilities
   * @param oneDigit that it is one digit, 0..1; 1 where it is not known
   * @param gaps paper between its parts, along the line
   * @param joined how many connected parts it has beyond one
   * @param uncut how many cuts it leaves
   */
  static double digit(
      double certainty,
      double oneDigit,
      double width,
      double height,
      double gaps,
      int joined,
      int uncut) {
    return DIGIT[0] * (oneDigit >= 1 ? 0 : logit(oneDigit))
        + DIGIT[1] * Math.log(certainty)
        - DIGIT[2] * Math.max(0, 0.75 - height)
        - DIGIT[3] * Math.max(0, width - 0.9)
        - DIGIT[4] * Math.max(0, height - 1.3)
        + DIGIT[5]
        - DIGIT[6] * gaps
        - DIGIT[7] * joined
        - DIGIT[8] * uncut;
  }

  private static double logit(double probability) {
    double odds = Math.log(probability / (1 - probability));
    return Math.max(-MOST_LOGIT, Math.min(MOST_LOGIT, odds));
  }

  /**
   * Scores a place where a way takes ink apart.
   *
   * @param cut whether it is a cut through ink
   * @param crossed ink that the cut goes through, in widths of the stroke
   */
  static double apart(boolean cut, double crossed) {
    return cut ? APART[1] + APART[2] * crossed : APART[0];
  }

  /**
   * Scores a piece as a point, comma, dash, equals sign or currency sign, or as what is no writing.
   *
   * @param below how far it ends below the digits' feet; negative above
   * @param parts how many connected parts it has
   * @param atEnd whether it is the first or the last piece
   */
  static double mark(double width, double height, double below, int parts, boolean atEnd) {
    double point = 4 - 16 * Math.max(0, Math.max(width, height) - 0.22) - (below < -0.4 ? 2 : 0);
    double comma = 2 - 12 * Math.max(0, height - 0.4) - 8 * Math.max(0, -0.15 - below);
    double aspect = width / height;
    double dash = 4 - 10 * Math.max(0, height - 0.25) - 4 * Math.max(0, 1.8 - aspect);
    double equals =
        parts < 2 ? -9 : 4 - 10 * Math.max(0, height - 0.45) - 6 * Math.max(0, 0.8 - aspect);
    double other = (atEnd ? -4 : -7) - 3 * Math.max(0, height - 0.5);
    return Math.max(other, Math.max(Math.max(point, comma), Math.max(dash, equals)));
  }
}
