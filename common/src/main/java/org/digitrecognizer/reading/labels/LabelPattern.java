// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading.labels;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.digitrecognizer.reading.SourceRoot;
import org.digitrecognizer.reading.Truth;

/**
 * Finds the true digit in the name of an image: in an archive, what follows {@code !/}; of a loose
 * file, its path below the root.
 */
public final class LabelPattern implements Truth {

  private static final long serialVersionUID = 2L;

  private final Pattern pattern;
  private final SourceRoot root;

  /**
   * @param regex with one group, found anywhere in the name
   * @param root that loose files lie below
   * @throws IllegalArgumentException if it is no regular expression, or has not one group
   */
  public LabelPattern(String regex, SourceRoot root) {
    this.pattern = compile(regex);
    this.root = root;
  }

  /**
   * Checks a regular expression.
   *
   * @throws IllegalArgumentException if it is none, or has not one group
   */
  public static void check(String regex) {
    compile(regex);
  }

  private static Pattern compile(String regex) {
    Pattern pattern = Pattern.compile(regex);
    int groups = pattern.matcher("").groupCount();
    if (groups != 1) {
      throw new IllegalArgumentException("it has " + groups + " groups, not one");
    }
    return pattern;
  }

  @Override
  public OptionalInt of(String source, String entry) {
    Matcher matcher = pattern.matcher(root.nameOf(source, entry));
    if (!matcher.find() || matcher.group(1) == null || !matcher.group(1).matches("[0-9]")) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(matcher.group(1).charAt(0) - '0');
  }
}
