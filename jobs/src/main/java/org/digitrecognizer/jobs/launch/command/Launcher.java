// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.cli.Preflight;
import org.digitrecognizer.jobs.launch.console.Printable;

/** Turns a command line of submit/digits into what the script is to do. */
public final class Launcher {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Preflight preflight;
  private final Surroundings here;

  private Launcher(List<Job> jobs, Surroundings here) {
    this.preflight = new Preflight(jobs);
    this.here = here;
  }

  /**
   * Prints the words for the script, each ended by a NUL, in UTF-8; and to stderr what is wrong, in
   * one line.
   *
   * @param jobs all there are
   * @param environment of the process
   * @param arguments the project's folder, the jar, {@code own} if Spark is the build's, the run's
   *     scratch folder, {@code temporary} if temporary files go there, LC_ALL if it had to be set;
   *     then the user's own
   */
  public static void run(
      List<Job> jobs,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      String... arguments) {
    Surroundings here =
        new Surroundings(
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            arguments[2].equals("own"),
            Path.of(arguments[3]),
            Optional.of(arguments[5]).filter(locale -> !locale.isEmpty()),
            arguments[4].equals("temporary"),
            environment);
    List<String> users = Arrays.asList(arguments).subList(6, arguments.length);
    out.writeBytes(plan(jobs, here, users, err).text().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static Plan plan(
      List<Job> jobs, Surroundings here, List<String> arguments, PrintStream err) {
    try {
      return new Launcher(jobs, here).plan(arguments, err);
    } catch (LaunchException e) {
      err.println("digits: " + Printable.of(e.getMessage()));
      return Plan.answer(e.status(), "");
    }
  }

  private Plan plan(List<String> words, PrintStream err) {
    LauncherArguments arguments = LauncherArguments.parse(words, preflight.jobs());
    if (LauncherArguments.HELP.contains(arguments.jobName())) {
      return help(arguments.job());
    }
    List<String> job = Submission.withDefaults(here, arguments);
    Optional<Preflight.Answer> answer = preflight.answer(job.toArray(String[]::new));
    if (answer.isPresent()) {
      return said(answer.get(), err);
    }
    Submission submission = new Submission(arguments, here);
    return submission.waits() ? waiting(arguments, submission) : running(arguments, submission);
  }

  private static Plan said(Preflight.Answer answer, PrintStream err) {
    if (!answer.error().isEmpty()) {
      err.println(answer.error());
    }
    return Plan.answer(answer.status(), answer.out());
  }

  private Plan help(List<String> words) {
    List<String> of = words.stream().filter(word -> !word.startsWith("-")).skip(1).toList();
    if (words.get(0).startsWith("-") || of.isEmpty()) {
      return Plan.answer(Job.DONE, LauncherHelp.text(preflight.jobList()));
    }
    String job = of.get(0);
    if (!preflight.jobs().contains(job)) {
      throw LauncherArguments.noSuchJob(job, preflight.jobs());
    }
    return Plan.answer(Job.DONE, preflight.answer(job, "--help").orElseThrow().out());
  }

  private Plan running(LauncherArguments arguments, Submission submission) {
    boolean print = arguments.printCommand();
    List<String> options = javaOptions(submission, !print);
    List<String> command =
        command(options, submission.jars(), submission.arguments(Optional.empty()));
    List<String> environment = environment(submission, options);
    int ofJob = submission.jobArguments(Optional.empty()).size();
    return print ? printed(environment, command, ofJob) : Plan.run(environment, command);
  }

  private Plan waiting(LauncherArguments arguments, Submission submission) {
    String directory =
        submission
            .resultDir()
            .orElseThrow(
                () ->
                    LaunchException.wrongUsage(
                        "--deploy-mode cluster needs --result-dir URI (before the job's name),"
                            + " where the job can leave its exit status"));
    String file = directory.replaceFirst("/$", "") + "/" + resultName(arguments.jobName());
    boolean print = arguments.printCommand();
    List<String> options = javaOptions(submission, !print);
    List<String> command = command(options, List.of(), submission.arguments(Optional.of(file)));
    List<String> environment = environment(submission, options);
    if (print) {
      return printed(environment, command, submission.jobArguments(Optional.of(file)).size());
    }
    return Plan.wait(
        environment,
        "digits " + arguments.jobName(),
        file,
        submission.place().howToStop(),
        submission.hadoopSettings(),
        command,
        command(List.of(), List.of(), submission.hadoopShell()));
  }

  private static Plan printed(List<String> environment, List<String> command, int ofJob) {
    return Plan.answer(Job.DONE, ShellLine.of(environment, command, ofJob) + "\n");
  }

  private static String resultName(String job) {
    return "digits-%s-%s-%d-%05d.json"
        .formatted(
            job,
            STAMP.format(Instant.now()),
            ProcessHandle.current().pid(),
            ThreadLocalRandom.current().nextInt(100_000));
  }

  private List<String> command(
      List<String> javaOptions, List<String> jars, List<String> arguments) {
    return here.ownSpark()
        ? SparkCommand.ofJars(javaOptions, jars, arguments)
        : SparkCommand.ofScript(here.variable("SPARK_HOME"), arguments);
  }

  /** Returns options of the JVM of spark-submit, which in client mode is the driver's. */
  private List<String> javaOptions(Submission submission, boolean withScratch) {
    List<String> options = new ArrayList<>();
    if (submission.waits()) {
      // Else spark-submit would tell of each time it asks after the driver.
      options.add(JavaOptions.log(here.home()));
    }
    if (withScratch && here.temporary()) {
      options.add("-Djava.io.tmpdir=" + here.scratch());
    }
    if (!submission.jars().isEmpty()) {
      options.addAll(ClassArchive.options(here.jar(), submission.driverJavaOptions()));
    }
    options.removeIf(String::isEmpty);
    return options;
  }

  private List<String> environment(Submission submission, List<String> javaOptions) {
    List<String> environment = new ArrayList<>();
    here.locale().ifPresent(locale -> environment.add("LC_ALL=" + locale));
    // As many tasks as cores are faster than threads inside a task.
    environment.add(variable("OMP_NUM_THREADS", "1"));
    if (submission.place().isHere()) {
      // Spark's page and ports are nobody else's business.
      environment.add(variable("SPARK_LOCAL_IP", "127.0.0.1"));
    }
    if (here.ownSpark()) {
      environment.add("SPARK_HOME=" + here.variable("SPARK_HOME"));
      environment.add("SPARK_SCALA_VERSION=" + here.variable("SPARK_SCALA_VERSION"));
    } else if (!javaOptions.isEmpty()) {
      List<String> options = new ArrayList<>(javaOptions);
      options.replaceAll(JavaOptions::quoted);
      // What the user sets comes later and so wins.
      options.add(here.variable("SPARK_SUBMIT_OPTS"));
      environment.add("SPARK_SUBMIT_OPTS=" + String.join(" ", options).strip());
    }
    return environment;
  }

  private String variable(String name, String unlessSet) {
    String value = here.variable(name);
    return name + "=" + (value.isEmpty() ? unlessSet : value);
  }
}
