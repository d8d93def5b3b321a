// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

/**
 * Bounds of an error rate from an audit that goes on for many nights and may be looked at after
 * each of them. Each bound is one-sided and holds, with 95 %, at all looks together.
 *
 * <p>A rate {@code m} is tested by betting against it: for a fixed {@code c} the capital is
 * multiplied by {@code c} for each item that was wrong and by {@code (1 - cm) / (1 - m)} for each
 * that was right. Where the rate is {@code m}, that is a fair game, so that the capital, and any
 * mixture of such capitals, ever reaches 20 times what it began with in at most 5 % of all
 * histories (Ville's inequality). What has lost a bet by that much is out; the rest is the
 * confidence sequence. Betting for more errors than {@code m} gives the lower bound, for fewer the
 * upper one.
 *
 * <p>Sources: Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting",
 * Journal of the Royal Statistical Society B 86 (2024), pages 1–27, 10.1093/jrsssb/qkad009, where
 * such a mixture of fixed bets is called a grid; Robbins, "Statistical methods related to the law
 * of the iterated logarithm", Annals of Mathematical Statistics 41 (1970), pages 1397–1409.
 *
 * <p>A night's items may be drawn without replacement, and from parts whose rates differ: that only
 * makes the game less than fair. From night to night the rate is taken to be no higher (lower
 * bound) or no lower (upper bound) than what is tested.
 */
public final class AuditBounds {

  /** How sure each of the bounds is, at all looks together. */
  public static final double LEVEL = 0.95;

  private static final double LOG_LIMIT = -Math.log(1 - LEVEL);

  /** Bets that there are more errors; most is put where a limit broken fivefold is soon seen. */
  private static final double[] MORE = {1.1, 1.25, 1.5, 2, 3, 4.5, 7, 15, 100, 10_000};

  private static final double[] MORE_SHARES = {.04, .05, .1, .2, .37, .12, .05, .03, .02, .02};

  /** Bets that there are fewer errors; most is put on none at all. */
  private static final double[] FEWER = {0, .05, .1, .2, .35, .5, .65, .8, .9};

  private static final double[] FEWER_SHARES = {.4, .08, .1, .12, .1, .08, .05, .04, .03};

  /** Enough to halve 1 down to the fineness of a double. */
  private static final int HALVINGS = 60;

  private AuditBounds() {}

  /**
   * Returns the lower bound.
   *
   * @param wrong how many items were wrong, 0 to {@code audited}
   * @param audited how many there were
   * @return 0..1; 0 if nothing speaks against that
   */
  public static double lower(long wrong, long audited) {
    double refused = 0;
    double possible = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double rate = (refused + possible) / 2;
      if (refutes(rate, wrong, audited)) {
        refused = rate;
      } else {
        possible = rate;
      }
    }
    return refused < 0x1p-50 ? 0 : refused;
  }

  /** Whether the lower bound is above a rate; a rate of 0 is refuted by any error. */
  static boolean refutes(double rate, long wrong, long audited) {
    return rate == 0 ? wrong > 0 : logCapital(rate, wrong, audited, MORE, MORE_SHARES) >= LOG_LIMIT;
  }

  /**
   * Returns the upper bound.
   *
   * @param wrong how many items were wrong, 0 to {@code audited}
   * @param audited how many there were
   * @return 0..1; 1 if nothing was audited
   */
  public static double upper(long wrong, long audited) {
    double possible = 0;
    double refused = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double rate = (refused + possible) / 2;
      if (logCapital(rate, wrong, audited, FEWER, FEWER_SHARES) >= LOG_LIMIT) {
        refused = rate;
      } else {
        possible = rate;
      }
    }
    return refused;
  }

  private static double logCapital(
      double rate, long wrong, long audited, double[] multiples, double[] shares) {
    double[] logs = new double[multiples.length];
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logs.length; i++) {
      double bet = Math.min(1, multiples[i] * rate);
      logs[i] =
          Math.log(shares[i])
              + times(wrong, Math.log(bet / rate))
              + times(audited - wrong, Math.log1p(-bet) - Math.log1p(-rate));
      most = Math.max(most, logs[i]);
    }
    if (most == Double.NEGATIVE_INFINITY) {
      return most;
    }
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - most);
    }
    return most + Math.log(sum);
  }

  /** What is infinite counts for nothing where it comes up never. */
  private static double times(long count, double log) {
    return count == 0 ? 0 : count * log;
  }
}
