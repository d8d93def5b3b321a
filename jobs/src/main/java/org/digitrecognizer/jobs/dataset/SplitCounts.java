// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.dataset;

import java.util.List;
import org.digitrecognizer.digit.DigitImage;

/**
 * How many digits a split has.
 *
 * @param rows all of them
 * @param classes those of each class, 0 to 9
 * @param unlabelled those whose label is not known
 */
public record SplitCounts(long rows, List<Long> classes, long unlabelled) {

  /**
   * Keeps a copy.
   *
   * @throws IllegalArgumentException if there are not ten classes or the parts are not the whole
   */
  public SplitCounts {
    classes = List.copyOf(classes);
    long labelled = classes.stream().mapToLong(Long::longValue).sum();
    if (classes.size() != DigitImage.CLASSES || labelled + unlabelled != rows) {
      throw new IllegalArgumentException(
          "Counts of " + rows + " rows do not add up: " + classes + " and " + unlabelled);
    }
  }

  /** Returns the counts of a split where every label is known. */
  public static SplitCounts labelled(List<Long> classes) {
    return new SplitCounts(classes.stream().mapToLong(Long::longValue).sum(), classes, 0);
  }
}
