// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks the ranges of options. What is out of range is wrong usage and says the range. */
public final class OptionCheck {

  private final CommandSpec spec;

  OptionCheck(CommandSpec spec) {
    this.spec = spec;
  }

  /**
   * Checks a whole number.
   *
   * @param option its name with the dashes
   * @param min the smallest allowed
   * @param max the largest allowed
   */
  public void inRange(String option, long value, long min, long max) {
    String range =
        max == Long.MAX_VALUE || max == Integer.MAX_VALUE
            ? "at least " + min
            : "from " + min + " to " + max;
    require(value >= min && value <= max, option, value, range);
  }

  /**
   * Checks a decimal number; NaN is never in range.
   *
   * @param option its name with the dashes
   * @param min the smallest allowed
   * @param max the largest allowed
   */
  public void inRange(String option, double value, double min, double max) {
    String range = String.format(Locale.US, "from %s to %s", min, max);
    require(value >= min && value <= max, option, value, range);
  }

  /**
   * Checks anything else.
   *
   * @param holds whether the value is allowed
   * @param option its name with the dashes
   * @param expected what is allowed, as it follows "must be"
   */
  public void require(boolean holds, String option, Object value, String expected) {
    if (!holds) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '" + option + "': " + value + " (must be " + expected + ")");
    }
  }
}
