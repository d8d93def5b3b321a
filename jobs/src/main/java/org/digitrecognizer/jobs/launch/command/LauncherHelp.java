// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

/** The launcher's help. */
final class LauncherHelp {

  private static final String TEXT =
      """
      Usage: submit/digits [launcher options] JOB [job options] [-- spark-submit options]

      Jobs:
      %s
      'submit/digits JOB --help' lists the options of a job.

      Launcher options:
        --print-command    Print the command that would submit the job, without secrets, and stop.
        --jar URI          The jobs' jar, for a cluster that cannot see this machine's files.
                           Default: the build's, in jobs/target, or the release's
        --result-dir URI   Shared storage where a job in cluster deploy mode leaves its exit status.
                           Default: the Spark setting spark.digitrecognizer.resultDir
        --version          Print the version and stop.
        -h, --help         Show this help and stop.

      What follows -- goes to spark-submit as it stands. Without a master there, in spark-defaults.conf
      or in MASTER, it is local[*]. With SPARK_HOME set, that Spark runs the job; without, the folder spark
      beside the jar, which the build fills, or submit/fetch-spark.sh in a release.

      Exit status: the job's. 0 done, 1 failed, 2 wrong usage, 3 done but too much was rejected, or the
      audit shows more errors than allowed; 128 and the signal's number if a signal ended it.

      Example:
        submit/digits score --archives work/scans/digits.zip --model work/model --output work/scores
      """;

  private LauncherHelp() {}

  /**
   * Returns the text.
   *
   * @param jobs a line for each
   */
  static String text(String jobs) {
    return TEXT.formatted(jobs);
  }
}
