// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.digitrecognizer.number.rule.Automaton;

/**
 * What a person said of an image.
 *
 * @param value a digit, or a whole number under a form, {@link #NO_DIGIT} or {@link #UNREADABLE}
 * @param who said it
 * @param when ISO 8601, UTC; null where that is not known, as of a list that was filled in
 * @param blind whether the person had not seen what the machine read
 */
public record Answer(String value, String who, String when, boolean blind) {

  /** There is no digit in the image, or more than one. */
  public static final String NO_DIGIT = "none";

  /** There is a digit, and nobody can tell which. */
  public static final String UNREADABLE = "unreadable";

  private static final Map<String, String> WORDS =
      Map.of(
          NO_DIGIT,
          NO_DIGIT,
          "no digit",
          NO_DIGIT,
          "no number",
          NO_DIGIT,
          "x",
          NO_DIGIT,
          UNREADABLE,
          UNREADABLE,
          "u",
          UNREADABLE,
          "?",
          UNREADABLE);

  /** A spreadsheet may have made a decimal number of it. */
  private static final Pattern DIGIT = Pattern.compile("([0-9])([.,]0*)?");

  private static final Pattern NUMBER =
      Pattern.compile("([0-9]{1," + Automaton.MOST_DIGITS + "})([.,]0*)?");

  /**
   * Returns what a person has written as a value; empty if it is none.
   *
   * @param numbers whether whole numbers are asked for, and not digits
   */
  static Optional<String> parsed(String written, boolean numbers) {
    Matcher digit = (numbers ? NUMBER : DIGIT).matcher(written);
    return digit.matches()
        ? Optional.of(digit.group(1))
        : Optional.ofNullable(WORDS.get(written.toLowerCase(Locale.ROOT)));
  }

  /** Returns who said it, the same however the name is capitalised. */
  String person() {
    return who.strip().toLowerCase(Locale.ROOT);
  }

  /** Returns when it was said, so that answers can be put in their order; the unknown first. */
  String order() {
    return when == null ? "" : when;
  }
}
