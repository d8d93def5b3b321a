package org.digitrecognizer.jobs.launch.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.launch.spark.HadoopSettings;
import org.digitrecognizer.jobs.launch.spark.SparkVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs one of several jobs by a command line: parses it, and turns whatever goes wrong into an exit
 * status and one line on stderr.
 */
public final class JobRunner {

  private final CommandLine root;
  private final PrintWriter err;
  private final String[] args;
  private final OrderlyStop stop;
  private String message = "";
  private volatile int status = Job.FAILED;

  private JobRunner(List<Job> jobs, PrintWriter out, PrintWriter err, String[] args) {
    this.root = new CommandLine(new Root());
    this.err = err;
    this.args = args;
    jobs.forEach(root::addSubcommand);
    root.setOut(out);
    root.setErr(err);
    root.registerConverter(Path.class, Path::new);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setUsageHelpWidth(100);
    root.setUsageHelpLongOptionsMaxWidth(40);
    for (CommandLine job : root.getSubcommands().values()) {
      job.getCommandSpec().usageMessage().showDefaultValues(true).abbreviateSynopsis(true);
    }
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
    return args.length == 0 ? null : root.getSubcommands().get(args[0]);
  }

  private int wrongUsage(ParameterException error) {
    StringBuilder text = new StringBuilder(ErrorLine.singleLine(error.getMessage()));
    if (error instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      text.append(" (did you mean ")
          .append(String.join(", ", unmatched.getSuggestions()))
          .append("?)");
    }
    List<String> unknown = error.getCommandLine().getUnmatchedArguments();
    if (error instanceof MissingParameterException && !unknown.isEmpty()) {
      // A mistyped name of a required option is both missing and unknown.
      text.append(" (unknown: '").append(unknown.get(0)).append("')");
    }
    String command = error.getCommandLine().getCommandSpec().qualifiedName();
    return report(command, text + "; see " + command + " --help", Job.WRONG_USAGE);
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
    for (int i = 1; i < args.length; i++) {
      if (args[i].equals(name) && i + 1 < args.length) {
        return Optional.of(args[i + 1]);
      }
      if (args[i].startsWith(name + "=")) {
        return Optional.of(args[i].substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  private static Configuration hadoop() {
    return HadoopSettings.withoutSession();
  }

  @Command(
      name = "digits",
      description = "Reads handwritten digits with Spark.",
      synopsisSubcommandLabel = "<job>",
      commandListHeading = "%nJobs:%n",
      footer = "%nSee 'digits <job> --help' for the options of a job.")
  private static final class Root implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help and stop.",
        showDefaultValue = Visibility.NEVER)
    @SuppressWarnings("unused")
    private boolean help;

    @Override
    public void run() {
      throw new ParameterException(
          spec.commandLine(),
          "No job given (" + String.join(", ", spec.subcommands().keySet()) + ")");
    }
  }
}
