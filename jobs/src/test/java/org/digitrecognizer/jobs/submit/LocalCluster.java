// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A standalone cluster of real processes, by submit/cluster, and jobs on it by submit/digits. */
final class LocalCluster {

  static final int WORKERS = 2;

  private static final String EXECUTOR = "org.apache.spark.executor.CoarseGrainedExecutorBackend";
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern MASTER = Pattern.compile("--master (spark://127\\.0\\.0\\.1:\\d+)");
  private static final long PATIENCE_MILLIS = 300_000;

  private final Path directory;
  private final Map<String, String> environment;
  private String master;

  /**
   * Starts a cluster of {@link #WORKERS} workers with a core each.
   *
   * @param directory where it keeps its files
   * @param environment of its processes, and of the jobs unless they are given another
   */
  LocalCluster(Path directory, Map<String, String> environment) throws Exception {
    this.directory = Files.createDirectories(directory);
    this.environment = environment;
    startMissing();
  }

  /** Starts again what has died of it. */
  void startMissing() throws Exception {
    Run run = cluster("start", "--port", "0", "--workers", "" + WORKERS);
    assertThat(run.status()).as(run.toString()).isZero();
    Matcher matcher = MASTER.matcher(run.output());
    assertThat(matcher.find()).as(run.output()).isTrue();
    master = matcher.group(1);
  }

  /** Runs submit/cluster, on this cluster unless the arguments name another. */
  Run cluster(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PROJECT.resolve("submit/cluster").toString()));
    command.addAll(List.of("--dir", directory.toString()));
    command.addAll(Arrays.asList(arguments));
    return Run.of(directory, environment, command);
  }

  Path directory() {
    return directory;
  }

  /** Runs a job on the cluster, in client deploy mode. */
  Run digits(String... arguments) throws Exception {
    return start(arguments).end();
  }

  /** Runs a job on the cluster, in cluster deploy mode. */
  Run digitsInCluster(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("--result-dir", directory.toUri().toString()));
    all.addAll(Arrays.asList(arguments));
    return start(environment, all, "--deploy-mode", "cluster").end();
  }

  /** Starts a job on the cluster. */
  Run.Started start(String... arguments) throws IOException {
    return start(environment, Arrays.asList(arguments));
  }

  /** Starts a job on the cluster in another environment than the cluster's. */
  Run.Started start(Map<String, String> other, List<String> arguments, String... sparkOptions)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(PROJECT.resolve("submit/digits").toString()));
    command.addAll(arguments);
    command.addAll(List.of("--", "--master", master));
    command.addAll(QuickJvm.cluster());
    command.addAll(Arrays.asList(sparkOptions));
    return Run.start(directory, other, command);
  }

  /** Returns a worker's process, counted from 1. */
  ProcessHandle worker(int number) {
    return daemon("worker-" + number);
  }

  /** Returns the processes of master and workers, and those that the workers have started. */
  List<ProcessHandle> processes() {
    List<ProcessHandle> processes = new ArrayList<>(List.of(daemon("master")));
    for (int number = 1; number <= WORKERS; number++) {
      processes.add(worker(number));
      processes.addAll(worker(number).children().toList());
    }
    return processes;
  }

  /** Returns what is in the environment of each executor that runs, as Linux tells. */
  List<List<String>> executorEnvironments() {
    return processes().stream()
        .filter(process -> kernelStrings(process, "cmdline").contains(EXECUTOR))
        .map(process -> kernelStrings(process, "environ"))
        .toList();
  }

  /** Returns none of a process that has just ended. */
  private static List<String> kernelStrings(ProcessHandle process, String file) {
    try {
      String text = Files.readString(Path.of("/proc", "" + process.pid(), file), ISO_8859_1);
      return List.of(text.split("\0", -1));
    } catch (IOException e) {
      return List.of();
    }
  }

  private ProcessHandle daemon(String name) {
    try {
      String pid = Files.readString(directory.resolve(name + ".pid")).strip();
      return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a worker runs an executor, and returns the executor's process. */
  ProcessHandle executor(int worker) throws Exception {
    ProcessHandle process = worker(worker);
    await(() -> process.children().findAny().isPresent());
    return process.children().findAny().orElseThrow();
  }

  /** Kills a worker and its executors, as if its machine were gone. */
  void killMachine(int number) {
    ProcessHandle worker = worker(number);
    List<ProcessHandle> executors = worker.children().toList();
    worker.destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);
    worker.onExit().join();
  }

  /** Sends a process a signal, named as kill names it. */
  static void signal(ProcessHandle process, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor())
        .as("kill -%s", name)
        .isZero();
  }

  /** Waits until something holds; fails after some minutes. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("time over").isNegative();
      Thread.sleep(50);
    }
  }

  void stop() throws Exception {
    Run run = cluster("stop");
    assertThat(run.status()).as(run.toString()).isZero();
  }
}
