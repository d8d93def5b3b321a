// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that is killed in the middle of an epoch and resumed, as a shell and cron see it. */
@Tag("slow")
class KilledTrainingIT {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EPOCHS = 4;
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;
  private static final long INTO_THE_NEXT_EPOCH_MILLIS = 500;

  @TempDir private static Path directory;
  private static Path undisturbed;

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    Path source = SmallMnist.write(directory.resolve("mnist"), 1500, 20);
    Run ingest =
        start("ingest", "--source", source.toString(), "--output", dataset().toString()).end();
    assertThat(ingest.status()).as(ingest.toString()).isZero();
    undisturbed = directory.resolve("undisturbed");
    assertDone(train(undisturbed).end());
  }

  @Test
  void killedAndResumedItEndsWithTheSameNetwork() throws Exception {
    Path model = directory.resolve("killed");
    Run.Started run = trainPastAnEpoch(model);
    run.process().destroyForcibly();
    assertThat(run.end().status()).isEqualTo(128 + SIGKILL);
    resumes(model);
  }

  @Test
  void stoppedItSaysSoInOneLineAndResumedItEndsWithTheSameNetwork() throws Exception {
    Path model = directory.resolve("stopped");
    Run.Started started = trainPastAnEpoch(model);
    started.process().destroy();
    Run run = started.end();
    assertThat(run.status()).as(run.toString()).isEqualTo(128 + SIGTERM);
    assertThat(run.errors())
        .isEqualTo(
            "digits train: stopped; run the same command with --resume to go on after the last"
                + " whole epoch\n");
    resumes(model);
  }

  private static Path dataset() {
    return directory.resolve("dataset");
  }

  private static Run.Started start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(PROJECT.resolve("submit/digits").toString()));
    command.addAll(Arrays.asList(arguments));
    command.addAll(List.of("--", "--master", "local[2]"));
    command.addAll(QuickJvm.driver());
    return Run.start(directory, Map.of(), command);
  }

  private static Run.Started train(Path model, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("train", "--epochs", "" + EPOCHS));
    arguments.addAll(List.of("--data", dataset().toString(), "--model", model.toString()));
    arguments.addAll(List.of("--batch-size", "64", "--averaging-frequency", "4"));
    arguments.addAll(Arrays.asList(more));
    return start(arguments.toArray(String[]::new));
  }

  /** Starts a training run and returns it when it is in its second epoch or somewhat further. */
  private static Run.Started trainPastAnEpoch(Path model) throws Exception {
    Run.Started run = train(model);
    Path checkpoint = training(model).resolve("epoch-00001").resolve(ModelDirectory.DESCRIPTION);
    while (!Files.exists(checkpoint)) {
      assertThat(run.process().isAlive()).as("training still runs").isTrue();
      Thread.sleep(20);
    }
    Thread.sleep(INTO_THE_NEXT_EPOCH_MILLIS);
    return run;
  }

  private static Path training(Path model) {
    return model.resolveSibling(model.getFileName() + ".training");
  }

  private static void resumes(Path model) throws Exception {
    assertThat(model).as("it was cut short").doesNotExist();
    Run run = train(model, "--resume").end();
    assertDone(run);
    assertThat(run.output())
        .containsPattern("Going on after epoch [1-3]\\.")
        .doesNotContain("Epoch 1/")
        .contains("Epoch " + EPOCHS + "/");
    assertSameNetwork(open(model), open(undisturbed));
    assertThat(history(model)).hasSize(EPOCHS).isEqualTo(history(undisturbed));
    assertThat(training(model)).doesNotExist();
  }

  private static void assertDone(Run run) {
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.errors()).isEmpty();
  }

  private static void assertSameNetwork(Model actual, Model expected) {
    // As float[], since INDArrays are equal where they nearly are.
    assertThat(actual.network().params().toFloatVector())
        .isEqualTo(expected.network().params().toFloatVector());
    assertThat(actual.network().getUpdater().getStateViewArray().toFloatVector())
        .isEqualTo(expected.network().getUpdater().getStateViewArray().toFloatVector());
    assertThat(actual.description().metrics()).isEqualTo(expected.description().metrics());
    assertThat(actual.description().calibration()).isEqualTo(expected.description().calibration());
  }

  private static Model open(Path model) throws IOException {
    return ModelDirectory.open(
        new org.apache.hadoop.fs.Path(model.toUri()), new Configuration(), null);
  }

  /** The history without what a clock gave. */
  private static List<ObjectNode> history(Path model) throws IOException {
    List<ObjectNode> epochs = new ArrayList<>();
    for (String line : Files.readAllLines(model.resolve(ModelDirectory.HISTORY))) {
      epochs.add(((ObjectNode) JSON.readTree(line)).without(List.of("seconds", "imagesPerSecond")));
    }
    return epochs;
  }
}
