// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.util.ArrayList;
import java.util.List;

/**
 * What the script is to do, as words that it reads, the first of which says what the others are:
 *
 * <ul>
 *   <li>{@code answer STATUS TEXT}: print the text and end
 *   <li>{@code run N}, N assignments for the environment, the command: become that command
 *   <li>{@code wait N}, N assignments, the job's name, the file with its exit status, how to stop
 *       it, the settings for Hadoop's shell, {@code M}, M words of the command, the words that
 *       begin a call of Hadoop's shell: run it and take the status from the file
 * </ul>
 *
 * @param words none has a NUL in it
 */
record Plan(List<String> words) {

  /** Keeps a copy. */
  Plan {
    words = List.copyOf(words);
  }

  static Plan answer(int status, String text) {
    return new Plan(List.of("answer", "" + status, text));
  }

  static Plan run(List<String> environment, List<String> command) {
    List<String> words = beginning("run", environment);
    words.addAll(command);
    return new Plan(words);
  }

  static Plan wait(
      List<String> environment,
      String job,
      String resultFile,
      String howToStop,
      String hadoopSettings,
      List<String> command,
      List<String> hadoopShell) {
    List<String> words = beginning("wait", environment);
    words.addAll(List.of(job, resultFile, howToStop, hadoopSettings, "" + command.size()));
    words.addAll(command);
    words.addAll(hadoopShell);
    return new Plan(words);
  }

  private static List<String> beginning(String action, List<String> environment) {
    List<String> words = new ArrayList<>(List.of(action, "" + environment.size()));
    words.addAll(environment);
    return words;
  }

  /** Returns the words, each ended by a NUL. */
  String text() {
    StringBuilder text = new StringBuilder();
    words.forEach(word -> text.append(word).append('\0'));
    return text.toString();
  }
}
