// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.digitrecognizer.jobs.launch.cli.Nearest;

/**
 * The launcher's own part of a command line: {@code [launcher options] job [job options] [--
 * spark-submit options]}.
 *
 * @param printCommand whether the command is only shown
 * @param jar the jobs' jar, where the default will not do
 * @param resultDir where a job in cluster deploy mode leaves its exit status
 * @param job its name and options: what a driver is called with
 * @param spark what follows {@code --}
 */
record LauncherArguments(
    boolean printCommand,
    Optional<String> jar,
    Optional<String> resultDir,
    List<String> job,
    List<String> spark) {

  private static final String PRINT_COMMAND = "--print-command";
  private static final String JAR = "--jar";
  private static final String RESULT_DIR = "--result-dir";
  private static final String SEE_HELP = "; see submit/digits --help";
  private static final List<String> OPTIONS =
      List.of(PRINT_COMMAND, JAR, RESULT_DIR, "--help", "--version");

  /** What stands in place of a job for one of these options. */
  static final List<String> HELP = List.of("-h", "--help", "help");

  static final String VERSION = "--version";

  /**
   * Takes a command line apart.
   *
   * @param jobs the names there are
   * @throws LaunchException if it is wrong
   */
  static LauncherArguments parse(List<String> arguments, List<String> jobs) {
    Deque<String> left = new ArrayDeque<>(arguments);
    boolean printCommand = false;
    Optional<String> jar = Optional.empty();
    Optional<String> resultDir = Optional.empty();
    while (!left.isEmpty() && left.peek().startsWith("-") && !isAnswered(left.peek())) {
      String[] option = left.pop().split("=", 2);
      switch (option[0]) {
        case PRINT_COMMAND -> printCommand = true;
        case JAR -> jar = Optional.of(value(option, left));
        case RESULT_DIR -> resultDir = Optional.of(value(option, left));
        default -> throw noSuchOption(option[0]);
      }
    }
    if (left.isEmpty()) {
      throw LaunchException.wrongUsage("no job given" + SEE_HELP);
    }
    List<String> rest = new ArrayList<>(left);
    String name = rest.get(0);
    if (!isAnswered(name) && !jobs.contains(name)) {
      throw noSuchJob(name, jobs);
    }
    int dashes = rest.indexOf("--");
    List<String> job = dashes < 0 ? rest : rest.subList(0, dashes);
    List<String> spark = dashes < 0 ? List.of() : rest.subList(dashes + 1, rest.size());
    return new LauncherArguments(
        printCommand, jar, resultDir, List.copyOf(job), List.copyOf(spark));
  }

  private static boolean isAnswered(String word) {
    return HELP.contains(word) || word.equals(VERSION);
  }

  private static String value(String[] option, Deque<String> left) {
    if (option.length == 2) {
      return option[1];
    }
    if (left.isEmpty()) {
      throw LaunchException.wrongUsage(option[0] + " needs a URI" + SEE_HELP);
    }
    return left.pop();
  }

  private static LaunchException noSuchOption(String option) {
    return LaunchException.wrongUsage(
        "no launcher option "
            + option
            + (OPTIONS.contains(option) ? " with a value" : Nearest.question(option, OPTIONS))
            + " (a job's options stand after its name)"
            + SEE_HELP);
  }

  /**
   * @throws LaunchException if there is no such job
   */
  static LaunchException noSuchJob(String name, List<String> jobs) {
    return LaunchException.wrongUsage(
        "no job called '" + name + "'" + Nearest.question(name, jobs) + SEE_HELP);
  }

  /** Returns the job's name. */
  String jobName() {
    return job.get(0);
  }
}
