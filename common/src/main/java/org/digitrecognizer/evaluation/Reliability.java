// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Whether confidence means what it says: readings in 15 bins of equal width by the confidence of
 * the digit read, and in each how many were right. The expected calibration error is the mean gap
 * between confidence and accuracy, weighted by the bins' counts (Guo, Pleiss, Sun and Weinberger
 * 2017, "On Calibration of Modern Neural Networks", equations 2, 3 and 5).
 */
public final class Reliability implements Serializable {

  private static final long serialVersionUID = 1L;

  /** How many bins there are; bin m of them, from 1, is ((m-1)/15, m/15]. */
  public static final int BINS = 15;

  private final long[] counts = new long[BINS];
  private final long[] right = new long[BINS];
  private final long[] confidenceUnits = new long[BINS];

  /**
   * One bin.
   *
   * @param from lower bound of the confidence, excluded (the first bin includes 0)
   * @param to upper bound, included
   * @param count how many readings fell into it
   * @param confidence their mean confidence, NaN if there are none
   * @param accuracy the share of them that was right, NaN if there are none
   */
  public record Bin(double from, double to, long count, double confidence, double accuracy) {}

  /**
   * Counts one reading.
   *
   * @param confidence of the digit read, 0..1
   * @param correct whether it is the true digit
   * @throws IllegalArgumentException if the confidence is no probability
   */
  public void add(double confidence, boolean correct) {
    double checked = Counts.checkedConfidence(confidence);
    int bin = Math.max(0, (int) Math.ceil(checked * BINS) - 1);
    counts[bin]++;
    right[bin] += correct ? 1 : 0;
    confidenceUnits[bin] += Counts.units(checked);
  }

  /** Adds all that the other has counted. */
  public void merge(Reliability other) {
    Counts.addTo(counts, other.counts);
    Counts.addTo(right, other.right);
    Counts.addTo(confidenceUnits, other.confidenceUnits);
  }

  /** Returns all {@value #BINS} bins, from low to high confidence. */
  public List<Bin> bins() {
    return IntStream.range(0, BINS).mapToObj(this::bin).toList();
  }

  /** Returns how many readings were counted. */
  long total() {
    return LongStream.of(counts).sum();
  }

  /** Returns how many of them were right. */
  long right() {
    return LongStream.of(right).sum();
  }

  /** Returns the expected calibration error, 0..1, or NaN if nothing was counted. */
  public double expectedCalibrationError() {
    long total = total();
    double gaps =
        IntStream.range(0, BINS)
            .mapToDouble(i -> Math.abs(right[i] - Counts.fromUnits(confidenceUnits[i])))
            .sum();
    return total == 0 ? Double.NaN : gaps / total;
  }

  private Bin bin(int i) {
    double n = counts[i];
    return new Bin(
        (double) i / BINS,
        (double) (i + 1) / BINS,
        counts[i],
        Counts.fromUnits(confidenceUnits[i]) / n,
        right[i] / n);
  }
}
