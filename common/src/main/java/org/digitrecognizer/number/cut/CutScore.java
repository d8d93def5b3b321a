// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import java.util.EnumMap;
import java.util.Map;
import org.digitrecognizer.digit.PairReading;
import org.digitrecognizer.digit.Reading;

/**
 * How likely it is that a piece of ink is one digit, two, a mark, or comes apart. A way through the
 * lattice adds the scores of its pieces and of the places where it takes ink apart, and the share
 * of a number is that of its ways in all: a semi-Markov conditional random field (Sarawagi and
 * Cohen, NIPS 2004; for handwriting: Zhou et al., IEEE TPAMI 35(10), 2013). All lengths are shares
 * of a digit's height.
 *
 * <p>The weights are chosen on 418 real amounts of cheques, which trained no network, and on 360
 * numbers of MNIST's training digits laid over one another, which count half: they maximise the
 * likelihood of the numbers, given what a network of the recipe {@code scans} reads in the pieces
 * ({@code CutScoreFit}, among the tests). So fitted they read 75 % of the amounts right; fitted on
 * four fifths and measured on the rest, 75 %. The sharpness alone is chosen so that as many are
 * right as are said to be.
 */
final class CutScore {

  /** The one that was fitted. */
  static final CutScore FITTED = new CutScore(Map.of());

  /** What is weighed, and what it weighs. */
  enum Weight {
    /** Any digit; its logarithms of being one digit, and of being none. */
    DIGIT(-1.41),
    ONE(1.75),
    NOT_ONE(-0.27),

    /**
     * The power of the digits' probabilities: means of readings are right more often than they say.
     */
    SHARPNESS(1.35),

    /** The logarithms of a digit's being the likeliest, and of its being any other. */
    CERTAIN(0.96),
    DOUBT(-0.50),

    /** Any two digits side by side, and the same of them. */
    PAIR(-5.79),
    TWO(2.60),
    NOT_TWO(-1.18),
    CERTAIN_PAIR(0.23),
    DOUBT_PAIR(0),

    /** A digit that is lower than most. */
    LOW(-1.15),

    /** A digit that is wider or narrower than most of its kind, as a share of its height. */
    WIDE(-0.06),
    NARROW(-4.06),

    /** A digit that ends above or below the line, and one that ends far above it. */
    FOOT(-4.33),
    LIFTED(-0.36),

    /** A 1 that was cut off from its neighbour: the side of any digit is one. */
    CUT_ONE(-2.84),

    /** A place where ink was cut; one with paper in between scores 0. */
    CUT(-1.63),

    /** A cut: how tall the ink is that it goes through, and whether that is a loop. */
    SPAN(-3.86),
    LOOP(-1.70),

    /** A mark: any, and the length of its stroke. */
    MARK(1.23),
    MARK_INK(-4.66);

    final double fitted;

    Weight(double fitted) {
      this.fitted = fitted;
    }
  }

  /** Of ten digits of a kind, one is narrower and one is wider: 0 to 9, as shares of the height. */
  private static final double[] NARROWEST = {0.7, 0.2, 0.6, 0.55, 0.5, 0.6, 0.5, 0.5, 0.5, 0.5};

  private static final double[] WIDEST = {1.2, 0.65, 1.1, 1, 1, 1.1, 1, 1, 1, 0.95};

  /** What is lower than this is measured as if it were not. */
  private static final double LEAST_HEIGHT = 0.5;

  private static final float LEAST_WEIGHT = 1e-6f;
  private static final double LEAST_LOG = -7;
  private static final double LEAST_LOG_OF_REST = -9;
  private static final double LOWEST = 0.75;
  private static final double HIGHEST_FOOT = 0.2;
  private static final double LONGEST_MARK = 0.3;

  private final EnumMap<Weight, Double> weights = new EnumMap<>(Weight.class);

  /**
   * @param others weights that are not as they were fitted
   */
  CutScore(Map<Weight, Double> others) {
    for (Weight weight : Weight.values()) {
      weights.put(weight, others.getOrDefault(weight, weight.fitted));
    }
  }

  /**
   * The shape of a piece.
   *
   * @param lift how far its lower end is above the line's; negative below
   * @param sides how many of its two sides are cuts through ink
   */
  record Shape(double width, double height, double lift, int sides) {

    /** How wide it is, as a share of its height. */
    private double breadth() {
      return width / Math.max(LEAST_HEIGHT, height);
    }
  }

  private double times(Weight weight, double amount) {
    return weights.get(weight) * amount;
  }

  /** Scores where a piece stands and how tall it is. */
  private double stature(Shape shape) {
    return times(Weight.LOW, Math.max(0, LOWEST - shape.height))
        + times(Weight.FOOT, Math.abs(shape.lift))
        + times(Weight.LIFTED, Math.max(0, shape.lift - HIGHEST_FOOT));
  }

  /** Scores how wide a piece is for a digit. */
  private double girth(Shape shape, int digit) {
    return times(Weight.WIDE, Math.max(0, shape.breadth() - WIDEST[digit]))
        + times(Weight.NARROW, Math.max(0, NARROWEST[digit] - shape.breadth()));
  }

  /** Scores a piece as one digit. */
  double digit(Reading reading, Shape shape) {
    float[] probabilities = reading.probabilities();
    double girth = 0;
    for (int digit = 0; digit < probabilities.length; digit++) {
      girth += probabilities[digit] * girth(shape, digit);
    }
    double certainty = probabilities[reading.digit()];
    return times(Weight.DIGIT, 1)
        + times(Weight.ONE, log(reading.oneDigit()))
        + times(Weight.NOT_ONE, logOfRest(reading.oneDigit()))
        + times(Weight.CERTAIN, Math.log(certainty))
        + times(Weight.DOUBT, logOfRest(certainty))
        + times(Weight.CUT_ONE, probabilities[1] * shape.sides)
        + stature(shape)
        + girth;
  }

  /** Scores a piece as two digits side by side. */
  double pair(PairReading reading, Shape shape) {
    return times(Weight.PAIR, 1)
        + times(Weight.TWO, log(reading.probability()))
        + times(Weight.NOT_TWO, logOfRest(reading.probability()))
        + times(Weight.CERTAIN_PAIR, Math.log(reading.certainty()))
        + times(Weight.DOUBT_PAIR, logOfRest(reading.certainty()))
        + stature(shape);
  }

  /** Scores a piece as the digit whose shape it has, whatever the network reads. */
  double likeliest(Shape shape) {
    double best = Double.NEGATIVE_INFINITY;
    for (int digit = 0; digit < WIDEST.length; digit++) {
      best = Math.max(best, girth(shape, digit));
    }
    return best + stature(shape);
  }

  private static double log(double probability) {
    return Math.max(LEAST_LOG, Math.log(probability));
  }

  private static double logOfRest(double probability) {
    return Math.max(LEAST_LOG_OF_REST, Math.log(1 - Math.min(1, probability)));
  }

  /** Returns what the digits of a piece weigh against one another, ten of them: none nothing. */
  float[] weights(float[] probabilities) {
    double[] powers = new double[probabilities.length];
    double sum = 0;
    for (int digit = 0; digit < powers.length; digit++) {
      powers[digit] = Math.exp(times(Weight.SHARPNESS, Math.log(probabilities[digit])));
      sum += powers[digit];
    }
    float[] weights = new float[powers.length];
    for (int digit = 0; digit < weights.length; digit++) {
      weights[digit] = Math.max(LEAST_WEIGHT, (float) (powers[digit] / sum));
    }
    return weights;
  }

  /**
   * Scores a place where a way takes ink apart by a cut.
   *
   * @param span from the first ink that it goes through to the last
   * @param loop whether there is paper in between
   */
  double cut(double span, boolean loop) {
    return times(Weight.CUT, 1) + times(Weight.SPAN, span) + times(Weight.LOOP, loop ? 1 : 0);
  }

  /**
   * Scores a piece as a point, comma, dash, equals sign or currency sign, or as what is no writing.
   *
   * @param stroke its length, if all its ink were one stroke of the pen
   */
  double mark(double stroke) {
    return times(Weight.MARK, 1) + times(Weight.MARK_INK, Math.max(0, stroke - LONGEST_MARK));
  }
}
