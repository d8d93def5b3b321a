// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Writes numbers for people, the same wherever the job runs: 10,000 and 99.21 %. */
public final class Numbers {

  /** A space that does not break, so that a percent sign stays with its number. */
  private static final char SPACE = '\u00a0';

  private static final String UNDEFINED = "–";
  private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB", "PB"};
  private static final int MOST_DECIMALS = 9;

  /** The same as any other. */
  public Numbers() {}

  /** Returns a count with thousands separators. */
  public String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Returns "1 digit" or "2 digits": the count, and the noun in the number that goes with it. */
  public String count(long count, String noun) {
    return count(count) + SPACE + noun + (count == 1 ? "" : "s");
  }

  /**
   * Returns a share of 0..1 in percent, with two decimals or, close to 0 or to 100 %, as many as
   * tell it from there by two digits; a dash if it is null or NaN.
   */
  public String percent(Double share) {
    return undefined(share)
        ? UNDEFINED
        : decimal(100 * share, decimals(100 * Math.min(share, 1 - share))) + SPACE + "%";
  }

  /** Returns a share of 0..1 in percent, without zeros at its end: 0.1 %. */
  public String shortPercent(double share) {
    return stripped(decimal(100 * share, decimals(100 * share))) + SPACE + "%";
  }

  /**
   * Returns a probability of 0..1 with two decimals, or with as many as tell it from 0 or 1 by two
   * digits; a dash if it is null or NaN.
   */
  public String probability(Double value) {
    return undefined(value) ? UNDEFINED : decimal(value, decimals(Math.min(value, 1 - value)));
  }

  /** Returns a number with this many decimals; a dash if it is null or NaN. */
  public String decimal(Double value, int decimals) {
    return undefined(value) ? UNDEFINED : String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** Returns a size in bytes with three digits at the least: 950 B, 1.20 MB, 38.2 GB. */
  public String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 999.5 && unit < BYTES.length - 1) {
      size /= 1000;
      unit++;
    }
    return (unit == 0 ? count(bytes) : rate(size)) + SPACE + BYTES[unit];
  }

  /** Returns a time in the two units that matter: 3.2 s, 4 min 10 s, 1 h 12 min. */
  public String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return decimal(seconds, 1) + SPACE + "s";
    }
    return whole < 3600
        ? count(whole / 60) + SPACE + "min " + whole % 60 + SPACE + "s"
        : count(whole / 3600) + SPACE + "h " + whole % 3600 / 60 + SPACE + "min";
  }

  /** Returns a rate with three digits, or all those before the point; a dash if it is NaN. */
  public String rate(double rate) {
    return decimal(rate, rate < 9.995 ? 2 : rate < 99.95 ? 1 : 0);
  }

  /** Returns a positive number, rounded to two digits. */
  long rounded(double number) {
    return new BigDecimal(number).round(new MathContext(2)).longValue();
  }

  private static boolean undefined(Double value) {
    return value == null || value.isNaN();
  }

  /** Two decimals, more if the distance's first two digits stand further behind. */
  private static int decimals(double distance) {
    if (distance <= 0) {
      return 2;
    }
    int leadingZeros = (int) Math.floor(-Math.log10(distance));
    return Math.max(2, Math.min(leadingZeros + 2, MOST_DECIMALS));
  }

  private static String stripped(String decimal) {
    return decimal.replaceFirst("\\.?0+$", "");
  }
}
