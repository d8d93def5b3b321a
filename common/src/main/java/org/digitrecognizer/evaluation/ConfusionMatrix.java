// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.digitrecognizer.digit.DigitImage;

/**
 * Counts of what was read against what is true: rows are the truth, columns what was read, so
 * {@code count(7, 1)} is the number of sevens that were read as a one.
 *
 * <p>A rate whose denominator is zero is undefined and {@code NaN}: the precision of a digit that
 * was never read, the recall of one that never occurs, F1 where both hold, and the accuracy of an
 * empty matrix. The mean {@link #macroF1()} leaves out digits whose F1 is undefined.
 */
public final class ConfusionMatrix implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int CLASSES = DigitImage.CLASSES;

  private final long[] counts = new long[CLASSES * CLASSES];

  /**
   * Counts one digit.
   *
   * @param truth the true digit, 0 to 9
   * @param read what it was read as, 0 to 9
   * @throws IllegalArgumentException if one of them is no digit
   */
  public void add(int truth, int read) {
    counts[cell(truth, read)]++;
  }

  /** Adds all that the other has counted. */
  public void merge(ConfusionMatrix other) {
    Counts.addTo(counts, other.counts);
  }

  /** Returns how many digits that truly are {@code truth} were read as {@code read}. */
  public long count(int truth, int read) {
    return counts[cell(truth, read)];
  }

  /** Returns how many digits were counted. */
  public long total() {
    return IntStream.range(0, CLASSES).mapToLong(this::support).sum();
  }

  /** Returns how many digits were read wrongly. */
  public long errors() {
    return total() - correct();
  }

  /** Returns the share of digits that were read correctly, 0..1, or NaN. */
  public double accuracy() {
    return ratio(correct(), total());
  }

  /** Returns how many digits truly are this one. */
  public long support(int digit) {
    return IntStream.range(0, CLASSES).mapToLong(read -> count(digit, read)).sum();
  }

  /** Returns how many digits were read as this one. */
  public long reads(int digit) {
    return IntStream.range(0, CLASSES).mapToLong(truth -> count(truth, digit)).sum();
  }

  /** Returns which share of those read as this digit truly are it, 0..1, or NaN. */
  public double precision(int digit) {
    return ratio(count(digit, digit), reads(digit));
  }

  /** Returns which share of those that truly are this digit were read as it, 0..1, or NaN. */
  public double recall(int digit) {
    return ratio(count(digit, digit), support(digit));
  }

  /** Returns the harmonic mean of precision and recall, 2TP / (2TP + FP + FN), 0..1, or NaN. */
  public double f1(int digit) {
    return ratio(2 * count(digit, digit), support(digit) + reads(digit));
  }

  /** Returns the mean of the F1 of all digits where it is defined, 0..1, or NaN. */
  public double macroF1() {
    return IntStream.range(0, CLASSES)
        .mapToDouble(this::f1)
        .filter(f1 -> !Double.isNaN(f1))
        .average()
        .orElse(Double.NaN);
  }

  private long correct() {
    return IntStream.range(0, CLASSES).mapToLong(digit -> count(digit, digit)).sum();
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }

  private static int cell(int truth, int read) {
    return Counts.checkedDigit(truth) * CLASSES + Counts.checkedDigit(read);
  }
}
