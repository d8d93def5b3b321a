// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ScansRecipeTest {

  @TempDir private static Path directory;
  private static Path dataset;
  private static Path straight;
  private static Path firstEpoch;

  @BeforeAll
  static void trainTwoEpochs() throws InterruptedException {
    TestSpark.session();
    Path source = SmallMnist.write(directory.resolve("mnist"), 200, 50);
    dataset = directory.resolve("dataset");
    CommandRun.digits("ingest", "--source", source.toString(), "--output", dataset.toString())
        .succeeded();
    straight = directory.resolve("straight");
    firstEpoch = directory.resolve("first-epoch");
    Thread copying = new Thread(ScansRecipeTest::copyFirstEpoch);
    copying.start();
    train(straight).succeeded();
    copying.join();
  }

  /** Takes what the first epoch leaves while the second is trained. */
  private static void copyFirstEpoch() {
    Path checkpoint = straight.resolveSibling("straight.training").resolve("epoch-00001");
    try {
      while (!isModel(checkpoint)) {
        Thread.sleep(10);
      }
      FileUtils.copyDirectory(checkpoint.toFile(), firstEpoch.toFile());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isModel(Path directory) throws IOException {
    try {
      open(directory);
      return true;
    } catch (UserException e) {
      return false;
    }
  }

  private static CommandRun train(Path model, String... more) {
    List<String> all = new ArrayList<>(List.of("train", "--recipe", "scans"));
    all.addAll(List.of("--data", dataset.toString(), "--model", model.toString()));
    all.addAll(List.of("--epochs", "2", "--batch-size", "32", "--workers", "2"));
    all.addAll(Arrays.asList(more));
    return CommandRun.digits(all.toArray(String[]::new));
  }

  private static Model open(Path model) throws IOException {
    return ModelDirectory.open(
        new org.apache.hadoop.fs.Path(model.toUri()), new Configuration(), null);
  }

  @Test
  void theModelHasStockLayersNormalisationIncludedAndAnOutputForWhatIsNoDigit() throws IOException {
    Model model = open(straight);
    assertThat(DigitNetwork.tellsOneDigit(model.stored())).isTrue();
    assertThat(model.stored().configuration().getConfs())
        .extracting(NeuralNetConfiguration::getLayer)
        .filteredOn(BatchNormalization.class::isInstance)
        .hasSize(5);
    assertThat(model.description().training()).containsEntry("recipe", "scans");
    CommandRun.digits(
            "import-keras",
            "--h5",
            straight.resolve(ModelDirectory.KERAS).toString(),
            "--output",
            directory.resolve("back").toString())
        .succeeded();
    assertThat(DigitNetwork.tellsOneDigit(open(directory.resolve("back")).stored())).isFalse();
  }

  /** Examples, order, dropout and learning rate are those of the epoch, not of the run. */
  @Test
  void aRunThatIsResumedEndsInTheVerySameNetwork() throws IOException {
    Path resumed = directory.resolve("resumed");
    Path training = resumed.resolveSibling("resumed.training");
    FileUtils.copyDirectory(firstEpoch.toFile(), training.resolve("epoch-00001").toFile());
    assertThat(train(resumed, "--resume").succeeded().out()).contains("Going on after epoch 1.");
    assertThat(open(resumed).stored().parameters()).isEqualTo(open(straight).stored().parameters());
  }

  /** Its examples are cut out of what is drawn by the normaliser. */
  @Test
  void aRunOfAnotherNormalisationIsNotGoneOnWith() throws IOException {
    Path other = directory.resolve("other");
    Path checkpoint = other.resolveSibling("other.training").resolve("epoch-00001");
    FileUtils.copyDirectory(firstEpoch.toFile(), checkpoint.toFile());
    Path description = checkpoint.resolve("model.json");
    String was = Files.readString(description);
    String now = was.replaceAll("\"normalisation\" : \"\\d+\"", "\"normalisation\" : \"0\"");
    assertThat(now).isNotEqualTo(was);
    Files.writeString(description, now);
    Files.deleteIfExists(checkpoint.resolve(".model.json.crc"));
    assertThat(train(other, "--resume").failed())
        .contains(
            "other.training was trained by a version that cuts digits out of scans in another")
        .contains("pass --overwrite without --resume to start again");
  }

  @Test
  void layersOfKerasNetworkAreRefused() {
    assertThat(train(directory.resolve("refused"), "--first-filters", "8").refused())
        .contains("Invalid value for option '--first-filters': 8")
        .contains("must be left out with --recipe scans");
  }
}
