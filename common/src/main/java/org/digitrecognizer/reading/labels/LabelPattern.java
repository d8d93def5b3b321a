package org.digitrecognizer.reading.labels;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.digitrecognizer.reading.Truth;

/** Finds the true digit in an entry's name. */
public final class LabelPattern implements Truth {

  private static final long serialVersionUID = 1L;

  private final Pattern pattern;

  /**
   * @param regex with one group, found anywhere in the name
   * @throws IllegalArgumentException if it is no regular expression, or has not one group
   */
  public LabelPattern(String regex) {
    pattern = Pattern.compile(regex);
    int groups = pattern.matcher("").groupCount();
    if (groups != 1) {
      throw new IllegalArgumentException("it has " + groups + " groups, not one");
    }
  }

  @Override
  public OptionalInt of(String source, String entry) {
    Matcher matcher = pattern.matcher(entry);
    if (!matcher.find() || matcher.group(1) == null || !matcher.group(1).matches("[0-9]")) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(matcher.group(1).charAt(0) - '0');
  }
}
