// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Wrong numbers beside those that confidences lead one to expect, in five bins of equal numbers.
 */
final class ConfidenceBins {

  private static final int BINS = 5;

  private final List<Read> all = new ArrayList<>();

  private record Read(double confidence, boolean right) {}

  void add(double confidence, boolean right) {
    all.add(new Read(confidence, right));
  }

  /** Prints a line a bin, the surest first. */
  void print() {
    all.sort(Comparator.comparingDouble(read -> -read.confidence));
    for (int bin = 0; bin < BINS; bin++) {
      List<Read> some = all.subList(all.size() * bin / BINS, all.size() * (bin + 1) / BINS);
      long wrong = some.stream().filter(read -> !read.right).count();
      double expected = some.stream().mapToDouble(read -> 1 - read.confidence).sum();
      double variance =
          some.stream().mapToDouble(read -> read.confidence * (1 - read.confidence)).sum();
      System.out.printf(
          Locale.US,
          "  confidence %.3f to %.3f: %d wrong of %d, expected %.1f (%.1f standard errors)%n",
          some.get(some.size() - 1).confidence,
          some.get(0).confidence,
          wrong,
          some.size(),
          expected,
          (wrong - expected) / Math.sqrt(variance));
    }
  }
}
