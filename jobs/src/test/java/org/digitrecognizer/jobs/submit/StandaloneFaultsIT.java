// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.model.ModelDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of a standalone cluster are killed or stopped under jobs that run on it. */
@Tag("slow")
class StandaloneFaultsIT {

  private static final int EPOCHS = 5;
  private static final int SCANS = 1500;
  private static final int EXTRAS = 5;
  private static final int SIGKILL = 9;
  private static final long STOPPED_MILLIS = 5_000;
  private static final long INTO_THE_NEXT_EPOCH_MILLIS = 500;

  @TempDir private static Path directory;
  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    SmallMnist.write(directory.resolve("mnist"), 1500, 20);
    CommandRun.digits("ingest", "--source", path("mnist"), "--output", path("dataset")).succeeded();
    CommandRun.digits(
            "samples",
            "--source",
            SmallMnist.MNIST.toString(),
            "--output",
            path("scans"),
            "--images",
            "" + SCANS,
            "--extras",
            "--max-size",
            "60")
        .succeeded();
    CommandRun.digits(trainArguments("undisturbed")).succeeded();
    cluster = new LocalCluster(directory.resolve("cluster"), Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  /**
   * An executor is killed, then a machine goes and another comes, then an executor stands still.
   */
  @Test
  void trainingEndsAsWellAsUndisturbed() throws Exception {
    Run.Started run = cluster.start(trainArguments("disturbed"));
    awaitOutput(run, "Epoch 1/");
    cluster.executor(1).destroyForcibly();
    awaitOutput(run, "Epoch 2/");
    cluster.killMachine(2);
    awaitOutput(run, "Epoch 3/");
    cluster.startMissing();
    awaitOutput(run, "Epoch 4/");
    ProcessHandle straggler = cluster.executor(1);
    LocalCluster.signal(straggler, "STOP");
    Thread.sleep(STOPPED_MILLIS);
    LocalCluster.signal(straggler, "CONT");
    done(run.end());
    // An example that was trained on twice in a round, or not at all, would show in every
    // parameter.
    assertThat(parameters("disturbed")).isEqualTo(parameters("undisturbed"));
  }

  /** The driver is killed in the middle of an epoch; its executors find that out by themselves. */
  @Test
  void trainingWhoseDriverWasKilledIsResumedToTheSameNetwork() throws Exception {
    Run.Started run = cluster.start(trainArguments("resumed"));
    Path checkpoint = directory.resolve("resumed.training/epoch-00002/model.json");
    await(run, () -> Files.exists(checkpoint));
    Thread.sleep(INTO_THE_NEXT_EPOCH_MILLIS);
    run.process().destroyForcibly();
    assertThat(run.end().status()).isEqualTo(128 + SIGKILL);
    assertThat(directory.resolve("resumed")).doesNotExist();

    String[] train = trainArguments("resumed");
    String[] resume = Arrays.copyOf(train, train.length + 1);
    resume[train.length] = "--resume";
    Run resumed = cluster.digits(resume);
    done(resumed);
    assertThat(resumed.output())
        .containsPattern("Going on after epoch [2-4]\\.")
        .doesNotContain("Epoch 1/");
    assertThat(parameters("resumed")).isEqualTo(parameters("undisturbed"));
  }

  /** An executor is killed, then the driver, and the same command ends what they began. */
  @Test
  void scoringCountsExactlyThoughAnExecutorAndThenTheDriverAreKilled() throws Exception {
    String[] score = {
      "score",
      "--archives",
      path("scans") + "/digits.zip",
      "--labels",
      path("scans") + "/labels.csv",
      "--model",
      SmallModel.trained().toString(),
      "--output",
      path("scores"),
      "--chunk-images",
      "600"
    };
    Run.Started run = cluster.start(score);
    await(run, () -> Files.exists(directory.resolve("scores/predictions/batch=0")));
    ProcessHandle executor = cluster.executor(2);
    executor.destroyForcibly();
    executor.onExit().join();
    FileWatch commits = new FileWatch(directory.resolve("scores"), "_commits/batch=0/chunk=*.json");
    await(run, () -> commits.changes() > 0);
    run.process().destroyForcibly();
    assertThat(run.end().status()).isEqualTo(128 + SIGKILL);
    assertThat(directory.resolve("scores/report/metrics.json")).doesNotExist();

    done(cluster.digits(score));
    JsonNode metrics = json("scores/report/metrics.json");
    assertThat(metrics.get("images").intValue()).isEqualTo(SCANS + EXTRAS);
    assertThat(metrics.get("scored").intValue()).isEqualTo(SCANS);
    assertThat(metrics.get("labelled").intValue()).isEqualTo(SCANS);
    ScoreOutput output = new ScoreOutput(directory.resolve("scores"));
    output.requireSound();
    assertThat(output.predictions()).hasSize(SCANS);
    assertThat(output.rejected()).hasSize(EXTRAS);
  }

  private static String[] trainArguments(String model) {
    return new String[] {
      "train",
      "--data",
      path("dataset"),
      "--model",
      path(model),
      "--epochs",
      "" + EPOCHS,
      "--batch-size",
      "32",
      "--averaging-frequency",
      "4",
      "--workers",
      "2"
    };
  }

  /** As float[], since INDArrays are equal where they nearly are. */
  private static float[] parameters(String model) throws IOException {
    return ModelDirectory.open(
            new org.apache.hadoop.fs.Path(path(model)), new Configuration(), null)
        .network()
        .params()
        .toFloatVector();
  }

  private static void awaitOutput(Run.Started run, String text) throws Exception {
    await(
        run,
        () -> {
          try {
            return Files.readString(run.output()).contains(text);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void await(Run.Started run, BooleanSupplier condition) throws Exception {
    LocalCluster.await(
        () -> {
          assertThat(run.process().isAlive()).as("the job still runs").isTrue();
          return condition.getAsBoolean();
        });
  }

  private static void done(Run run) {
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.errors()).isEmpty();
  }

  private static String path(String name) {
    return "file:" + directory.resolve(name);
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(directory.resolve(name).toFile());
  }
}
