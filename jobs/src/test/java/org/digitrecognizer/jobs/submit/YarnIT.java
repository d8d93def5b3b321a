// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallMnist;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on a real YARN: a resource manager and two node managers in this JVM. */
@Tag("slow")
class YarnIT {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final int NODES = 2;
  private static final int SCANS = 100;

  /** YARN's pages log how they are put together. Held, since loggers are forgotten otherwise. */
  private static final Logger PAGES = Logger.getLogger("org.apache.hadoop.shaded");

  @TempDir private static Path directory;
  private static MiniYARNCluster yarn;

  @BeforeAll
  static void start() throws Exception {
    PAGES.setLevel(Level.SEVERE);
    YarnConfiguration conf = new YarnConfiguration();
    conf.setInt("yarn.nodemanager.resource.memory-mb", 6144);
    conf.setInt("yarn.scheduler.minimum-allocation-mb", 256);
    conf.set("yarn.scheduler.capacity.root.queues", "default");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    conf.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
    conf.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
    yarn = new MiniYARNCluster("yarn", NODES, 1, 1);
    yarn.init(conf);
    yarn.start();
    Path settings = Files.createDirectories(directory.resolve("hadoop"));
    try (OutputStream file = Files.newOutputStream(settings.resolve("yarn-site.xml"))) {
      yarn.getConfig().writeXml(file);
    }
    SmallMnist.write(directory.resolve("mnist"), 400, 50);
    CommandRun.digits("ingest", "--source", path("mnist"), "--output", path("dataset")).succeeded();
    CommandRun.digits(
            "samples",
            "--source",
            path("mnist"),
            "--output",
            path("scans"),
            "--extras",
            "--images",
            "" + SCANS)
        .succeeded();
  }

  @AfterAll
  static void stop() {
    yarn.stop();
  }

  @Test
  void trainsInClientModeAndScoresInClusterMode() throws Exception {
    Run train =
        yarn(
            "client",
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
            "5");
    assertThat(train.status()).as(train.toString()).isZero();
    assertThat(train.output()).contains("; 2 workers, batches of 32.");
    assertThat(train.errors()).isEmpty();

    Run score =
        yarn(
            "cluster",
            "score",
            "--archives",
            path("scans") + "/digits.zip",
            "--model",
            path("model"),
            "--output",
            path("scores"),
            "--max-reject-fraction",
            "0.01");
    assertThat(score.status()).as(score.toString()).isEqualTo(3);
    assertThat(score.errors()).isEmpty();
    JsonNode metrics =
        new ObjectMapper().readTree(directory.resolve("scores/report/metrics.json").toFile());
    assertThat(metrics.get("scored").intValue()).isEqualTo(SCANS);
  }

  private static Run yarn(String deployMode, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PROJECT.resolve("submit/digits").toString()));
    command.addAll(List.of("--result-dir", path("")));
    command.addAll(Arrays.asList(arguments));
    command.addAll(List.of("--", "--master", "yarn", "--deploy-mode", deployMode));
    command.addAll(QuickJvm.cluster());
    command.addAll(List.of("--num-executors", "" + NODES, "--executor-cores", "1"));
    command.addAll(List.of("--executor-memory", "1g", "--driver-memory", "1g"));
    command.addAll(List.of("--conf", "spark.executor.memoryOverhead=2g"));
    command.addAll(List.of("--conf", "spark.yarn.stagingDir=" + path("staging")));
    // Else some 200 MB would be copied to each node.
    Path jars = PROJECT.resolve("jobs/target/spark/jars");
    command.addAll(List.of("--conf", "spark.yarn.jars=local:" + jars + "/*"));
    return Run.of(
        directory,
        Map.of(
            "HADOOP_CONF_DIR",
            directory.resolve("hadoop").toString(),
            "SPARK_LOCAL_IP",
            "127.0.0.1"),
        command);
  }

  private static String path(String name) {
    return "file:" + directory.resolve(name);
  }
}
