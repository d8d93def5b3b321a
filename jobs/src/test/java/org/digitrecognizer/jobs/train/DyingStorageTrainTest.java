// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.DyingFileSystem;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.model.ModelDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training and evaluating onto storage that dies while it writes, renames or deletes something, and
 * that renames file by file, as object storage does.
 */
@Tag("slow")
class DyingStorageTrainTest {

  private static final int DEATHS = 5;
  private static final String MODEL = "model";

  @TempDir private static Path shared;
  private static float[] undisturbed;
  private static int changes;

  @TempDir private Path directory;
  private final long seed = Long.getLong("seed", System.nanoTime());

  @BeforeAll
  static void trainUndisturbed() throws IOException {
    DyingFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    SmallMnist.write(shared.resolve("mnist"), 200, 50);
    CommandRun.digits("ingest", "--source", shared + "/mnist", "--output", shared + "/dataset")
        .succeeded();
    DyingFileSystem.live();
    train(shared).succeeded();
    changes = DyingFileSystem.changes();
    undisturbed = parameters(shared);
  }

  @AfterEach
  void live() {
    DyingFileSystem.live();
  }

  @Test
  void whereverTrainingDiesItIsResumedToTheSameNetwork() throws IOException {
    Random random = new Random(seed);
    for (int death = 0; death < DEATHS; death++) {
      int after = (death * changes + random.nextInt(changes)) / DEATHS;
      DyingFileSystem.dieAfter(after);
      diesAndIsResumed(
          directory.resolve("death-" + death),
          "death after %d of %d changes, seed %d".formatted(after, changes, seed));
    }
  }

  /** All of it is there, but for half a file that was moved. */
  @Test
  void halfAFileOfTheModelIsNoEnd() throws IOException {
    for (String file : List.of("network.zip", "model.json")) {
      DyingFileSystem.dieRenamingTo(MODEL + "/" + file);
      diesAndIsResumed(directory.resolve("half-" + file), file);
    }
  }

  @Test
  void whereverEvaluatingDiesItIsDoneAgain() throws IOException {
    DyingFileSystem.live();
    evaluate("undisturbed").succeeded();
    int all = DyingFileSystem.changes();
    JsonNode metrics = metrics("undisturbed");
    Random random = new Random(seed);
    for (int death = 0; death < DEATHS; death++) {
      int after = (death * all + random.nextInt(all)) / DEATHS;
      String when = "death after %d of %d changes, seed %d".formatted(after, all, seed);
      String output = "death-" + death;
      DyingFileSystem.dieAfter(after);
      assertThat(evaluate(output).status()).as(when).isOne();
      assertThat(DyingFileSystem.isDead()).as(when).isTrue();
      DyingFileSystem.live();
      assertThat(evaluate(output).err()).as(when).isEmpty();
      assertThat(metrics(output)).as(when).isEqualTo(metrics);
      try (Stream<Path> children = Files.list(directory.resolve(output))) {
        assertThat(children.map(child -> child.getFileName().toString()))
            .as(when)
            .containsExactly("report");
      }
    }
  }

  private static void diesAndIsResumed(Path place, String when) throws IOException {
    assertThat(train(place).status()).as(when).isOne();
    assertThat(DyingFileSystem.isDead()).as(when).isTrue();
    DyingFileSystem.live();
    assertThat(train(place, "--resume", "--overwrite").err()).as(when).isEmpty();
    assertThat(parameters(place)).as(when).isEqualTo(undisturbed);
    assertThat(place.resolve(MODEL + ".training")).as(when).doesNotExist();
  }

  private static CommandRun train(Path place, String... more) {
    String[] arguments = {
      "train",
      "--data",
      shared + "/dataset",
      "--model",
      "dying:" + place.resolve(MODEL),
      "--epochs",
      "2",
      "--batch-size",
      "32",
      "--averaging-frequency",
      "4",
      "--workers",
      "2",
      "--first-filters",
      "8",
      "--second-filters",
      "8",
      "--dense-units",
      "16"
    };
    return CommandRun.digits(
        Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private CommandRun evaluate(String output) {
    return CommandRun.digits(
        "evaluate",
        "--data",
        shared + "/dataset",
        "--model",
        "dying:" + shared.resolve(MODEL),
        "--output",
        "dying:" + directory.resolve(output),
        "--overwrite");
  }

  /** Without when they were written, and what it took. */
  private JsonNode metrics(String output) throws IOException {
    Path file = directory.resolve(output).resolve("report/metrics.json");
    ObjectNode metrics = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    ((ObjectNode) metrics.get("about")).remove(List.of("writtenAt", "seconds"));
    return metrics;
  }

  /** As float[], since INDArrays are equal where they nearly are. */
  private static float[] parameters(Path place) throws IOException {
    return ModelDirectory.open(
            new org.apache.hadoop.fs.Path(place.resolve(MODEL).toUri()), new Configuration(), null)
        .network()
        .params()
        .toFloatVector();
  }
}
