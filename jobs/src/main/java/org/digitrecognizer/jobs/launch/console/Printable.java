// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.console;

import java.util.regex.Pattern;

/** Text of strangers, such as the names of files, as a console may show it. */
public final class Printable {

  /** Control characters, which a terminal obeys, marks that reorder a line, and line ends. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private Printable() {}

  /** Returns the text with a question mark for each character that does more than be seen. */
  public static String of(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }
}
