// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Options of a JVM as they stand in a string of several, which Spark takes apart like a shell. */
final class JavaOptions {

  private static final String UNRESERVED = "/._~-";

  private JavaOptions() {}

  /** Returns the option that makes a driver log as {@code conf/log4j2.properties} says, or "". */
  static String log(Path home) {
    Path file = home.resolve("conf/log4j2.properties");
    return Files.isRegularFile(file) ? "-Dlog4j2.configurationFile=" + fileUri(file) : "";
  }

  /**
   * Returns a file's URI without a character that would end it, or a word of options, before its
   * end; nor one that Log4j would take for the beginning of a variable.
   */
  static String fileUri(Path file) {
    StringBuilder uri = new StringBuilder("file:");
    for (byte unit : file.toString().getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (unit & 0xff);
      if (character < 0x80
          && (Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0)) {
        uri.append(character);
      } else {
        uri.append('%').append(String.format("%02X", (int) character));
      }
    }
    return uri.toString();
  }

  /** Returns a word as one of a string of options, whatever is in it. */
  static String quoted(String word) {
    return word.isEmpty() || !word.matches("(?s).*[\\s\"'\\\\].*")
        ? word
        : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
