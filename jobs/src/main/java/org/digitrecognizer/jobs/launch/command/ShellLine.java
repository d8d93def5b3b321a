// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command as a line that a shell takes, without the secrets that are in it. */
final class ShellLine {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  /** A setting or system property whose name says that nobody else must know the value. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?<![\\w.-])((?:-D)?[\\w.-]*"
              + "(?:secret|password|passwd|passphrase|token|access\\.?key|credential|private\\.?key)"
              + "[\\w.-]*)(?<!\\.provider|\\.path)=(\"[^\"]*\"|'[^']*'|\\S+(?:\\s+(?!-)\\S+)*)",
          Pattern.CASE_INSENSITIVE);

  private static final String MASKED = "$1=*****";

  private ShellLine() {}

  /**
   * Returns the line.
   *
   * @param environment assignments, with which the command is run
   * @param command its words
   * @param shown how many of the words at the end are the job's own, in which is no secret
   */
  static String of(List<String> environment, List<String> command, int shown) {
    int ofSpark = command.size() - shown;
    return Stream.of(
            Stream.of("env"),
            environment.stream().map(ShellLine::masked),
            command.subList(0, ofSpark).stream().map(ShellLine::masked),
            command.subList(ofSpark, command.size()).stream())
        .flatMap(words -> words)
        .map(ShellLine::quoted)
        .collect(Collectors.joining(" "));
  }

  /** Returns a word with asterisks in place of each secret in it. */
  static String masked(String word) {
    Matcher setting = SECRET.matcher(word);
    // A setting by itself is secret to its end, whatever blanks are in it.
    return setting.lookingAt() && !word.startsWith("-D")
        ? setting.group(1) + "=*****"
        : setting.replaceAll(MASKED);
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
