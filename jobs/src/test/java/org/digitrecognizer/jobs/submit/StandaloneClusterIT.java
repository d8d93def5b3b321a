// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way on a standalone cluster of real processes, whose workers have Spark's jars and
 * nothing else. The tests go on from one another.
 */
@Tag("slow")
@TestMethodOrder(OrderAnnotation.class)
class StandaloneClusterIT {

  private static final int TEST_DIGITS = 60;
  private static final int EXTRAS = 5;
  private static final int SIGTERM = 15;
  private static final int MASTER_AND_WORKERS = 1 + LocalCluster.WORKERS;
  private static final int MASTER_WORKERS_DRIVER_EXECUTOR = MASTER_AND_WORKERS + 1 + 1;

  @TempDir private static Path directory;
  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    SmallMnist.write(directory.resolve("mnist"), 600, TEST_DIGITS);
    CommandRun.digits(
            "samples",
            "--source",
            path("mnist"),
            "--output",
            path("scans"),
            "--extras",
            "--images",
            "200")
        .succeeded();
    CommandRun.digits("ingest", "--source", path("mnist"), "--output", path("dataset")).succeeded();
    cluster = new LocalCluster(directory.resolve("cluster"), Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
    Run status = cluster.cluster("status");
    assertThat(status.status()).isEqualTo(1);
    assertThat(status.errors()).startsWith("cluster: no cluster was started in ").hasLineCount(1);
  }

  /** The natives go to a folder that is empty, and both executors come for them at once. */
  @Test
  @Order(1)
  void trainsInClientModeOnBothWorkers() throws Exception {
    Path cache = Files.createDirectories(directory.resolve("natives"));
    Run run =
        cluster
            .start(
                Map.of(),
                List.of(
                    "train",
                    "--data",
                    path("dataset"),
                    "--model",
                    path("model"),
                    "--epochs",
                    "1",
                    "--batch-size",
                    "32",
                    "--averaging-frequency",
                    "5"),
                "--conf",
                "spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.cachedir=" + cache)
            .end();
    assertThat(run.output()).contains("; 2 workers, batches of 32.");
    done(run);
    assertThat(files(cluster.directory(), "stderr")).as("executors").hasSize(2);
    assertThat(files(cache, "libnd4jcpu.so")).as("copies of ND4J's library").hasSize(1);
  }

  @Test
  @Order(2)
  void ingestsInClusterModeWhatIsIngestedHere() throws Exception {
    done(cluster.digitsInCluster("ingest", "--source", path("mnist"), "--output", path("again")));
    assertThat(rows("again")).isEqualTo(rows("dataset")).hasSize(600 + TEST_DIGITS);
  }

  /**
   * Spark itself knows of no executor when the job starts, and says 2. Its driver is on the cluster
   * here, and all processes listen on loopback only. Nobody but the launcher has said how many OMP
   * threads there are to be.
   */
  @Test
  @Order(2)
  void aWorkerTrainsForEachCoreThatTheJobHas() throws Exception {
    List<String> train =
        List.of(
            "--result-dir",
            path(""),
            "train",
            "--data",
            path("dataset"),
            "--model",
            path("alone"),
            "--epochs",
            "1");
    // What is left of the job before would be taken for what is to come.
    LocalCluster.await(() -> cluster.processes().size() == MASTER_AND_WORKERS);
    Run.Started started =
        cluster.start(Map.of(), train, "--deploy-mode", "cluster", "--total-executor-cores", "1");
    Map<Long, List<String>> addresses = new HashMap<>();
    List<List<String>> environments = new ArrayList<>();
    LocalCluster.await(
        () -> {
          cluster.processes().forEach(process -> note(process, addresses));
          if (environments.isEmpty()) {
            environments.addAll(cluster.executorEnvironments());
          }
          return addresses.size() == MASTER_WORKERS_DRIVER_EXECUTOR || !started.process().isAlive();
        });
    assertThat(addresses).hasSize(MASTER_WORKERS_DRIVER_EXECUTOR);
    assertThat(addresses.values())
        .allSatisfy(all -> assertThat(all).allMatch(ListeningAddresses::isLoopback));
    assertThat(environments)
        .as("OMP threads of a task, in the executor's environment")
        .singleElement(list(String.class))
        .contains("OMP_NUM_THREADS=1");
    done(started.end());
    JsonNode training = json("alone/model.json").get("training");
    assertThat(training.get("workers").intValue()).isOne();
  }

  private static void note(ProcessHandle process, Map<Long, List<String>> addresses) {
    List<String> now = ListeningAddresses.of(process);
    if (!now.isEmpty()) {
      addresses.computeIfAbsent(process.pid(), pid -> new ArrayList<>()).addAll(now);
    }
  }

  @Test
  @Order(3)
  void evaluatesInClientMode() throws Exception {
    done(cluster.digits(evaluate("alone", "evaluation")));
    assertThat(metrics("evaluation").get("scored").intValue()).isEqualTo(TEST_DIGITS);
  }

  private static String[] evaluate(String model, String output) {
    return new String[] {
      "evaluate", "--data", path("dataset"), "--model", path(model), "--output", path(output)
    };
  }

  @Test
  @Order(4)
  void failsInClusterModeWithTheJobsOwnLine() throws Exception {
    Run run = cluster.digitsInCluster(evaluate("model", "evaluation"));
    assertThat(run.status()).as(run.toString()).isEqualTo(1);
    assertThat(run.errors())
        .isEqualTo(
            "digits evaluate: %s exists already; choose another place or pass --overwrite to"
                    .formatted(path("evaluation"))
                + " replace it\n");
  }

  @Test
  @Order(5)
  void scoresInClusterModeAndSaysThatTooMuchWasRejected() throws Exception {
    Run run =
        cluster.digitsInCluster(
            "score",
            "--archives",
            path("scans") + "/digits.zip",
            "--model",
            path("model"),
            "--output",
            path("scores"),
            "--max-reject-fraction",
            "0.01");
    assertThat(run.status()).as(run.toString()).isEqualTo(3);
    assertThat(run.errors()).isEmpty();
    assertThat(metrics("scores").get("images").intValue()).isEqualTo(200 + EXTRAS);
    assertThat(metrics("scores").get("scored").intValue()).isEqualTo(200);
  }

  @Test
  @Order(6)
  void saysWhatHasDiedAndStartsItAgain() throws Exception {
    cluster.killMachine(2);
    Run status = cluster.cluster("status");
    assertThat(status.status()).isEqualTo(1);
    assertThat(status.output())
        .containsPattern("(?m)^worker-1 runs \\(process \\d+\\)$")
        .containsPattern("(?m)^worker-2 has died: see .*/worker-2\\.log$");
    cluster.startMissing();
    assertThat(cluster.cluster("status").status()).isZero();
  }

  /** Another cluster may have the number of a process that has died long since. */
  @Test
  @Order(6)
  void stopsNoDaemonOfAnotherCluster() throws Exception {
    Path other = Files.createDirectories(directory.resolve("other"));
    Path number = other.resolve("worker-1.pid");
    Files.copy(cluster.directory().resolve("worker-1.pid"), number);
    Run stop = cluster.cluster("stop", "--dir", other.toString());
    assertThat(stop.status()).as(stop.toString()).isZero();
    assertThat(number).doesNotExist();
    assertThat(cluster.worker(1).isAlive()).isTrue();
  }

  /** As a Java does that is too old: Spark starts the next one, and so on for ever. */
  @Test
  @Order(7)
  void executorsThatDieAsTheyStartAreSaid() throws Exception {
    Path java = Files.createDirectories(directory.resolve("old-java/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'LinkageError: main class' >&2\nexit 1\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Run.Started run =
        cluster.start(
            Map.of(),
            List.of(evaluate("model", "evaluation-on-old-java")),
            "--conf",
            "spark.executorEnv.JAVA_HOME=" + java.getParent().getParent());
    LocalCluster.await(() -> run.hasSaid("No executor for "));
    LocalCluster.signal(run.process().toHandle(), "TERM");
    Run ended = run.end();
    assertThat(ended.status()).as(ended.toString()).isEqualTo(128 + SIGTERM);
    assertThat(ended.output())
        .contains("its executors die as they start; their stderr on the workers says why");
    assertThat(directory.resolve("evaluation-on-old-java")).doesNotExist();
  }

  private static void done(Run run) {
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.errors()).isEmpty();
  }

  private static String path(String name) {
    return "file:" + directory.resolve(name);
  }

  private static JsonNode metrics(String output) throws IOException {
    return json(output + "/report/metrics.json");
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(directory.resolve(name).toFile());
  }

  private static List<String> rows(String dataset) {
    return TestSpark.session()
        .read()
        .parquet(path(dataset))
        .withColumn("pixels", functions.hex(functions.col("pixels")))
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  private static List<Path> files(Path below, String name) throws IOException {
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(file -> file.endsWith(name)).toList();
    }
  }
}
