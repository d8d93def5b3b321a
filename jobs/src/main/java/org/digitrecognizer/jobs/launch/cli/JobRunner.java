// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.launch.spark.HadoopSettings;
import org.digitrecognizer.jobs.launch.spark.SparkVersion;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Runs one of several jobs by a command line: parses it, and turns whatever goes wrong into an exit
 * status and one line on stderr.
 */
public final class JobRunner {

  private final JobCommands commands;
  private final CommandLine root;
  private final PrintWriter err;
  private final String[] args;
  private final OrderlyStop stop;
  private String message = "";
  private volatile int status = Job.FAILED;

  private JobRunner(List<Job> jobs, PrintWriter out, PrintWriter err, String[] args) {
    this.commands = new JobCommands(jobs);
    this.root = commands.root();
    this.err = err;
    this.args = args;
    root.setOut(out);
    root.setErr(err);
    root.setParameterExceptionHandler((error, arguments) -> wrongUsage(error));
    root.setExecutionExceptionHandler((error, job, parsed) -> failed(job, error));
    this.stop = new OrderlyStop(this::stopped);
  }

  /**
   * Runs a job.
   *
   * @param jobs all there are; each carries picocli's {@code @Command}
   * @param out results and progress
   * @param err one line if it fails
   * @param args the job's name, then its options
   * @return the exit status
   */
  public static int run(List<Job> jobs, PrintWriter out, PrintWriter err, String... args) {
    JobRunner runner = new JobRunner(jobs, out, err, args);
    try (runner.stop) {
      runner.status = runner.writeResult(runner.execute());
      out.flush();
      err.flush();
      return runner.status;
    }
  }

  private int execute() {
    CommandLine job = job();
    try {
      SparkVersion.require();
      if (job != null) {
        rawOption(Job.DEFAULTS_OPTION).ifPresent(file -> Defaults.apply(job, file, hadoop()));
      }
      return root.execute(args);
    } catch (ParameterException e) {
      return wrongUsage(e);
    } catch (UserException | Error e) {
      // Errors too: a native library that is missing or memory that runs out is one line like the
      // rest.
      return failed(job == null ? root : job, e);
    }
  }

  private CommandLine job() {
    return commands.job(args).orElse(null);
  }

  private int wrongUsage(ParameterException error) {
    String command = error.getCommandLine().getCommandSpec().qualifiedName();
    return report(command, JobCommands.wrongUsage(error), Job.WRONG_USAGE);
  }

  private int failed(CommandLine command, Throwable error) {
    if (command.getCommandSpec().userObject() instanceof Job job && job.verbose()) {
      error.printStackTrace(err);
    }
    return report(command.getCommandSpec().qualifiedName(), ErrorLine.of(error), Job.FAILED);
  }

  private int report(String command, String text, int status) {
    message = text;
    if (!stop.begun()) {
      err.println(command + ": " + text);
    }
    return status;
  }

  private void stopped() {
    CommandLine command = job();
    if (status != Job.DONE && command != null) {
      Job job = (Job) command.getCommandSpec().userObject();
      err.println(command.getCommandSpec().qualifiedName() + ": " + job.whenStopped());
    }
  }

  private int writeResult(int status) {
    Optional<String> file = rawOption(Job.RESULT_FILE_OPTION);
    try {
      if (file.isPresent()) {
        ResultFile.write(file.get(), status, message, hadoop());
      }
      return status;
    } catch (UserException e) {
      return status == Job.DONE
          ? report(root.getCommandName(), e.getMessage(), Job.FAILED)
          : status;
    }
  }

  // Needed before picocli parses, or when it cannot.
  private Optional<String> rawOption(String name) {
    return JobCommands.rawOption(name, args);
  }

  private static Configuration hadoop() {
    return HadoopSettings.withoutSession();
  }
}
