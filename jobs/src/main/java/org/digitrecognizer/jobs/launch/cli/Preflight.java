// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.digitrecognizer.failure.UserException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Answers a job's command line as far as that needs no Spark: help and version, options that are
 * wrong or missing, values out of range. What passes here may still be refused by the job itself.
 */
public final class Preflight {

  private final JobCommands commands;

  /**
   * @param jobs all there are
   */
  public Preflight(List<Job> jobs) {
    commands = new JobCommands(jobs);
  }

  /**
   * What is said in place of running a job.
   *
   * @param status the exit status
   * @param out text for stdout, whole lines, or ""
   * @param error a line for stderr, without its end, or ""
   */
  public record Answer(int status, String out, String error) {}

  /** Returns the names of the jobs, in the order of the help. */
  public List<String> jobs() {
    return List.copyOf(commands.root().getSubcommands().keySet());
  }

  /**
   * Returns the list of jobs for a help text: a line or more for each, its name and what it does.
   */
  public String jobList() {
    return new CommandLine.Help(commands.root().getCommandSpec(), CommandLine.Help.Ansi.OFF)
        .addAllSubcommands(commands.root().getSubcommands())
        .commandList();
  }

  /**
   * Returns the answer, or nothing if the job is to be run.
   *
   * @param args the job's name, then its options, or an option of all jobs
   */
  public Optional<Answer> answer(String... args) {
    String command = commands.job(args).orElse(commands.root()).getCommandSpec().qualifiedName();
    try {
      return answerOrThrow(args);
    } catch (ParameterException e) {
      String name = e.getCommandLine().getCommandSpec().qualifiedName();
      String line = name + ": " + JobCommands.wrongUsage(e);
      return Optional.of(new Answer(Job.WRONG_USAGE, "", line));
    } catch (UserException e) {
      return Optional.of(new Answer(Job.FAILED, "", command + ": " + ErrorLine.of(e)));
    }
  }

  private Optional<Answer> answerOrThrow(String... args) {
    if (!applyDefaults(args)) {
      return Optional.empty();
    }
    ParseResult parsed = commands.root().parseArgs(args);
    if (parsed.isVersionHelpRequested()) {
      String[] version = commands.root().getCommandSpec().version();
      return done(String.join(System.lineSeparator(), version) + System.lineSeparator());
    }
    CommandLine last =
        parsed.hasSubcommand() ? parsed.subcommand().commandSpec().commandLine() : commands.root();
    if (parsed.isUsageHelpRequested() || last.isUsageHelpRequested()) {
      return done(last.getUsageMessage(CommandLine.Help.Ansi.OFF));
    }
    if (last.getCommandSpec().userObject() instanceof Job job) {
      job.check(new OptionCheck(last.getCommandSpec()));
    }
    return Optional.empty();
  }

  private static Optional<Answer> done(String text) {
    return Optional.of(new Answer(Job.DONE, text, ""));
  }

  /** Returns false where the defaults are in a file that only Hadoop can read. */
  private boolean applyDefaults(String... args) {
    Optional<CommandLine> job = commands.job(args);
    Optional<String> file = JobCommands.rawOption(Job.DEFAULTS_OPTION, args);
    if (job.isEmpty() || file.isEmpty()) {
      return true;
    }
    Optional<java.nio.file.Path> local = Defaults.localFile(file.get());
    local.ifPresent(path -> Defaults.apply(job.get(), file.get(), load(file.get(), path)));
    return local.isPresent();
  }

  private static Properties load(String file, java.nio.file.Path path) {
    try {
      return Defaults.load(file, path);
    } catch (IOException | IllegalArgumentException e) {
      throw Defaults.unreadable(file, e);
    }
  }
}
