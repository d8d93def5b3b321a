// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What a misspelt name was probably meant to be. */
public final class Nearest {

  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private Nearest() {}

  /** Returns the known name that takes the fewest changes of a letter; there must be one. */
  static String of(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> DISTANCE.apply(name, candidate)))
        .orElseThrow();
  }

  /**
   * Returns " (did you mean NAME?)", or nothing where more than two letters, or a third of them,
   * differ from every known name.
   */
  public static String question(String name, Collection<String> known) {
    return Optional.of(of(name, known))
        .filter(nearest -> DISTANCE.apply(name, nearest) <= Math.max(2, nearest.length() / 3))
        .map(nearest -> " (did you mean " + nearest + "?)")
        .orElse("");
  }
}
