// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

/** Paths as Spark's readers want them: they take every one for a pattern (a glob). */
public final class SparkPaths {

  /** A caret only within brackets. */
  private static final String PATTERN_CHARACTER = "[\\\\\\[\\]{}*?^]";

  private SparkPaths() {}

  /** Returns the pattern that matches this path, or part of one, and no other. */
  public static String literal(String path) {
    return path.replaceAll(PATTERN_CHARACTER, "\\\\$0");
  }
}
