// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.jobs.DyingFileSystem;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.model.ModelDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints on storage that dies at every change a run makes to it, and leaves halves. */
class CheckpointsTest {

  private static final DigitNetwork.Layers SMALL = new DigitNetwork.Layers(2, 2, 3, 2, 4);

  @TempDir private Path directory;
  private final Configuration configuration = new Configuration();

  CheckpointsTest() {
    DyingFileSystem.register(configuration);
  }

  @AfterEach
  void live() {
    DyingFileSystem.live();
  }

  @Test
  void whereverARunDiesInACheckpointThatOneIsFoundOrTheOneBefore() throws IOException {
    Set<Integer> found = new TreeSet<>();
    List<String> passedOver = new ArrayList<>();
    boolean survived = false;
    for (int changes = 0; !survived; changes++) {
      Checkpoints checkpoints = checkpoints("model-" + changes);
      save(checkpoints, 1);
      save(checkpoints, 2);
      DyingFileSystem.dieAfter(changes);
      survived = saves(checkpoints, 3);
      DyingFileSystem.live();
      Checkpoints.Checkpoint latest =
          checkpoints.latest(path -> passedOver.add(path.getName())).orElseThrow();
      int epoch = latest.history().size();
      assertThat(latest.model().network().params().toFloatVector())
          .isEqualTo(network(epoch).params().toFloatVector());
      found.add(epoch);
    }
    assertThat(found).containsExactly(2, 3);
    assertThat(passedOver).hasSizeGreaterThan(3).containsOnly("epoch-00003");
  }

  @Test
  void aLaterEpochThatWasPassedOverGivesWayToANewOne() throws IOException {
    Checkpoints checkpoints = checkpoints("model");
    for (int epoch = 1; epoch <= 4; epoch++) {
      save(checkpoints, epoch);
    }
    save(checkpoints, 1);
    assertThat(directory.resolve("model.training"))
        .isDirectoryContaining(path -> path.endsWith("epoch-00001"))
        .isDirectoryNotContaining(path -> path.endsWith("epoch-00004"));
    assertThat(checkpoints.latest(path -> {}).orElseThrow().history()).hasSize(1);
  }

  private boolean saves(Checkpoints checkpoints, int epoch) {
    try {
      save(checkpoints, epoch);
      return true;
    } catch (IOException e) {
      assertThat(DyingFileSystem.isDead()).as(e.toString()).isTrue();
      return false;
    }
  }

  private void save(Checkpoints checkpoints, int epoch) throws IOException {
    List<EpochRecord> history =
        IntStream.rangeClosed(1, epoch)
            .mapToObj(each -> new EpochRecord(each, 1, 0.5, null, null, 1, 100))
            .toList();
    checkpoints.save(network(epoch), history, description());
  }

  /** Another one for each epoch, so that they can be told apart. */
  private static MultiLayerNetwork network(int epoch) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            DigitNetwork.configuration(new DigitNetwork.Options(epoch, 0.95, 1e-6, 0, 0, SMALL)));
    network.init();
    return network;
  }

  private Checkpoints checkpoints(String model) throws IOException {
    return new Checkpoints(
        new org.apache.hadoop.fs.Path("dying://" + directory.resolve(model)), configuration);
  }

  private static ModelDescription description() {
    return new ModelDescription(
        ModelDescription.FORMAT_VERSION,
        "2026-01-01T00:00:00Z",
        "a test",
        new ModelDescription.Shape(List.of(28, 28, 1), List.of(), 0),
        Map.of(),
        null,
        Map.of(),
        Calibration.none(),
        null,
        Map.of(),
        Map.of());
  }
}
