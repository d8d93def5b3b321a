// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

/**
 * Bins of confidence that grow finer towards 1, where confidences crowd: 128 to each halving of the
 * doubt, which is 1 - confidence. So the doubt at a bin's edge is known to within 0.8 %, and edges
 * are exact doubles: {@code confidence >= threshold(i)} holds for exactly what is in the bins 0 to
 * i. Bin 0 holds the surest.
 */
public final class ConfidenceBins {

  /** A float below 1 leaves a doubt of at least 2^-24. */
  private static final int OCTAVES = 25;

  private static final int BITS_PER_OCTAVE = 7;
  private static final int COARSE = (1 << BITS_PER_OCTAVE) / 8;
  private static final int SHIFT = 52 - BITS_PER_OCTAVE;
  private static final long LEAST_DOUBT = Double.doubleToLongBits(0x1p-25);

  /** How many bins there are. */
  public static final int COUNT = (OCTAVES << BITS_PER_OCTAVE) + 1;

  private ConfidenceBins() {}

  /** Returns the bin of a confidence of 0..1. */
  public static int index(double confidence) {
    // The bits of positive doubles are ordered as they are, and the mantissa's first bits divide
    // each octave evenly: no logarithm, and no rounding.
    long bits = Double.doubleToLongBits(1 - confidence);
    return bits <= LEAST_DOUBT ? 0 : (int) ((bits - 1 - LEAST_DOUBT) >>> SHIFT) + 1;
  }

  /** Returns the lowest confidence of a bin. */
  public static double threshold(int index) {
    return 1 - Double.longBitsToDouble(LEAST_DOUBT + ((long) index << SHIFT));
  }

  /**
   * Returns the last bin that lies wholly at or above a threshold.
   *
   * @param threshold 0..1
   * @return -1 if none does
   */
  static int lastWithin(double threshold) {
    int index = index(threshold);
    return threshold(index) >= threshold ? index : index - 1;
  }

  /** Returns which of the eight parts of an octave a bin belongs to, counted on over octaves. */
  static int coarse(int index) {
    return (index + COARSE - 1) / COARSE;
  }
}
