// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.jobs.launch.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line of all jobs: their names, options and help, and what is said of one that is
 * wrong. No class of Spark is initialized for it.
 */
final class JobCommands {

  private static final Properties EXAMPLES = examples();

  private final CommandLine root = new CommandLine(new Root());

  /**
   * @param jobs each carries picocli's {@code @Command}
   */
  JobCommands(List<Job> jobs) {
    jobs.forEach(root::addSubcommand);
    root.registerConverter(Path.class, Path::new);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setUsageHelpWidth(100);
    root.setUsageHelpLongOptionsMaxWidth(40);
    root.getCommandSpec().version(version());
    root.getSubcommands().values().forEach(job -> describe(job.getCommandSpec()));
  }

  /** Returns the command that all jobs are commands of. */
  CommandLine root() {
    return root;
  }

  /** Returns the job that the first of the arguments names, if it is one. */
  Optional<CommandLine> job(String... args) {
    return args.length == 0
        ? Optional.empty()
        : Optional.ofNullable(root.getSubcommands().get(args[0]));
  }

  /** Returns the value of an option of a job as it was typed, whether or not the rest is right. */
  static Optional<String> rawOption(String name, String... args) {
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

  /**
   * Returns the line on a command line that is wrong, without the name of the command before it.
   */
  static String wrongUsage(ParameterException error) {
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
      text.append(" (unknown: '").append(ErrorLine.singleLine(unknown.get(0))).append("')");
    }
    return text + "; see " + error.getCommandLine().getCommandSpec().qualifiedName() + " --help";
  }

  private static void describe(CommandSpec job) {
    UsageMessageSpec usage = job.usageMessage();
    usage.showDefaultValues(true);
    usage.requiredOptionMarker('*');
    usage.customSynopsis(synopsis(job));
    usage.optionListHeading("%nOptions (* required):%n");
    String example = EXAMPLES.getProperty(job.name());
    if (example != null) {
      usage.footerHeading("%nExample:%n");
      usage.footer("  submit/digits " + job.name() + " " + example);
    }
  }

  /** A job's name and what it cannot do without. */
  private static String synopsis(CommandSpec job) {
    return job.options().stream()
        .filter(OptionSpec::required)
        .map(option -> " " + option.longestName() + "=" + option.paramLabel())
        .collect(Collectors.joining("", "submit/digits " + job.name(), " [OPTIONS]"));
  }

  private static String version() {
    return "digits %s (for Spark %s with Scala %s; Deeplearning4j %s)"
        .formatted(Version.current(), Version.spark(), Version.scala(), Version.deeplearning4j());
  }

  private static Properties examples() {
    try (InputStream stream = JobCommands.class.getResourceAsStream("examples.properties")) {
      Properties examples = new Properties();
      examples.load(stream);
      return examples;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

    @Option(
        names = "--version",
        versionHelp = true,
        description = "Show the version and stop.",
        showDefaultValue = Visibility.NEVER)
    @SuppressWarnings("unused")
    private boolean version;

    @Override
    public void run() {
      throw new ParameterException(
          spec.commandLine(),
          "No job given (" + String.join(", ", spec.subcommands().keySet()) + ")");
    }
  }
}
