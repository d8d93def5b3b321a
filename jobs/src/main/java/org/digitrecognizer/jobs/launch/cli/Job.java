// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.console.Stages;
import org.digitrecognizer.jobs.launch.console.StorageWatch;
import org.digitrecognizer.jobs.launch.spark.JobSession;
import org.digitrecognizer.jobs.launch.spark.SparkSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * One job of the command line. A subclass carries picocli's {@code @Command} with the job's name,
 * declares its options as fields, and is wiring only: options, a call of the object that does the
 * work, a line or two about its result, the exit status.
 */
public abstract class Job implements Callable<Integer> {

  /** The exit status of a job that is done. */
  public static final int DONE = 0;

  /** The exit status of a job that failed. */
  public static final int FAILED = 1;

  /** The exit status of a command line that is wrong. */
  public static final int WRONG_USAGE = 2;

  /** The exit status of a job that is done, but broke a limit that the user set. */
  public static final int LIMIT_BROKEN = 3;

  static final String DEFAULTS_OPTION = "--defaults";
  static final String RESULT_FILE_OPTION = "--result-file";

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and stop.")
  @SuppressWarnings("unused")
  private boolean help;

  @Option(
      names = "--verbose",
      fallbackValue = "true",
      description = "Show the stack trace of an error.")
  private boolean verbose;

  // JobRunner reads these two off the raw arguments; they stand here for the parser and the help.
  @Option(
      names = DEFAULTS_OPTION,
      paramLabel = "FILE",
      description =
          "Read defaults from FILE, a line 'option = value' for each, without the dashes. What the"
              + " command line says wins.")
  @SuppressWarnings("unused")
  private String defaults;

  @Option(names = RESULT_FILE_OPTION, hidden = true, paramLabel = "URI")
  @SuppressWarnings("unused")
  private String resultFile;

  /** Checks ranges before Spark starts: a wrong option costs no time. */
  protected void check(OptionCheck check) {}

  /** Returns the Spark settings of this job; a job that needs more adds to {@code super}'s. */
  protected SparkSettings settings() {
    return SparkSettings.common();
  }

  /** Begins what can be made ready on another thread while Spark starts; returns at once. */
  protected void prepare() {}

  /**
   * Does the work.
   *
   * @param spark a session that is closed afterwards
   * @return the exit status
   * @throws Exception {@link org.digitrecognizer.failure.UserException} for what a user can mend
   */
  protected abstract int run(SparkSession spark) throws Exception;

  /** Returns what a user is told when the process was told to end (Ctrl-C, SIGTERM). */
  protected String whenStopped() {
    return "stopped before it was done";
  }

  @Override
  public final Integer call() throws Exception {
    check(new OptionCheck(spec));
    prepare();
    StorageWatch storage = StorageWatch.open(out());
    try (storage;
        JobSession session = JobSession.open(spec.qualifiedName(), settings(), out())) {
      return run(session.spark());
    } finally {
      out().flush();
    }
  }

  /** Returns where results and progress go. */
  protected final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Returns what tells the user, and Spark of the jobs that it runs, what this job is at. */
  protected final Stages stages(SparkSession spark) {
    return Stages.of(out(), spark.sparkContext()::setJobDescription);
  }

  final boolean verbose() {
    return verbose;
  }
}
