// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job by its command line, on real digits, with good input and bad. */
class TrainJobTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> SMALL_LAYERS =
      List.of("--first-filters", "8", "--second-filters", "8", "--dense-units", "16");

  @TempDir private static Path shared;
  private static Path dataset;
  private static Path twoEpochs;
  private static Path threeEpochs;

  @TempDir private Path directory;
  private Path model;

  @BeforeAll
  static void ingestAndTrain() {
    TestSpark.session();
    Path source = SmallMnist.write(shared.resolve("mnist"), 600, 100);
    dataset = shared.resolve("dataset");
    CommandRun.digits("ingest", "--source", source.toString(), "--output", dataset.toString())
        .succeeded();
    twoEpochs = shared.resolve("two-epochs");
    run(dataset, twoEpochs, small("--epochs", "2")).succeeded();
    threeEpochs = shared.resolve("three-epochs");
    run(dataset, threeEpochs, small("--epochs", "3")).succeeded();
  }

  @BeforeEach
  void chooseModel() {
    model = directory.resolve("model");
  }

  private CommandRun train(String... more) {
    return run(dataset, model, small(more));
  }

  private CommandRun trainKeras(String... more) {
    return run(dataset, model, List.of(more));
  }

  /** With small layers, which take a tenth of the time. */
  private static List<String> small(String... more) {
    List<String> small = new ArrayList<>(SMALL_LAYERS);
    small.addAll(Arrays.asList(more));
    return small;
  }

  private static CommandRun run(Path data, Path model, List<String> more) {
    List<String> args = new ArrayList<>(List.of("train"));
    args.addAll(List.of("--data", data.toString(), "--model", model.toString()));
    if (!more.contains("--batch-size")) {
      args.addAll(List.of("--batch-size", "32"));
    }
    args.addAll(List.of("--averaging-frequency", "4"));
    args.addAll(more);
    return CommandRun.digits(args.toArray(String[]::new));
  }

  private Model open() throws IOException {
    return open(model);
  }

  private static Model open(Path directory) throws IOException {
    return ModelDirectory.open(hadoop(directory), new Configuration(), null);
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  private Path training() {
    return model.resolveSibling(model.getFileName() + ".training");
  }

  /** To the last bit; INDArrays are equal where they are within 1e-5, which the state all is. */
  private static void assertSameNetwork(Model actual, Model expected) {
    assertThat(actual.network().params().toFloatVector())
        .isEqualTo(expected.network().params().toFloatVector());
    assertThat(actual.network().getUpdater().getStateViewArray().toFloatVector())
        .isEqualTo(expected.network().getUpdater().getStateViewArray().toFloatVector());
  }

  @Test
  void writesAWholeModelAndALineAnEpoch() throws IOException {
    CommandRun run = trainKeras("--epochs", "2", "--workers", "2").succeeded();

    assertThat(run.out())
        .containsPattern(
            "Epoch 2/2 - \\d+s - loss: \\d\\.\\d{4} - accuracy: \\d\\.\\d{4} - val_loss:"
                + " \\d\\.\\d{4} - val_accuracy: \\d\\.\\d{4} - [\\d,]+ images/s");
    Model trained = open();
    assertThat(trained.description().training())
        .containsEntry("epochs", 2)
        .containsEntry("batchSize", 32)
        .containsEntry("workers", 2);
    assertThat(trained.description().data().trainExamples()).isBetween(500L, 580L);
    assertThat(trained.description().calibration().examples())
        .isEqualTo(trained.description().data().validationExamples());
    assertThat(training()).doesNotExist();
    assertThat(model.resolve("report/index.html")).content().contains("Training report");
    assertThat(trained.description().files().keySet())
        .containsExactlyInAnyOrder(
            "network.zip",
            "handwritten-digit-mnist-model.h5",
            "history.jsonl",
            "report/index.html");
  }

  @Test
  void aFolderOfSomebodyElseIsNoModel() throws IOException {
    Path page = Files.createDirectories(model.resolve("report")).resolve("index.html");
    Files.writeString(page, "mine");
    train("--epochs", "1", "--overwrite")
        .failedWith(
            "digits train: "
                + model
                + " holds no model.json, so it may be no model directory and --overwrite leaves it"
                + " alone; choose another place");
    assertThat(page).hasContent("mine");
  }

  @Test
  void historyHasTheFieldsThatNotebooksRead() throws IOException {
    List<String> lines = Files.readAllLines(twoEpochs.resolve("history.jsonl"));
    assertThat(lines).hasSize(2);
    for (int i = 0; i < 2; i++) {
      JsonNode epoch = JSON.readTree(lines.get(i));
      assertThat(epoch.get("epoch").asInt()).isEqualTo(i + 1);
      assertThat(epoch.fieldNames())
          .toIterable()
          .containsExactly(
              "epoch", "loss", "accuracy", "valLoss", "valAccuracy", "seconds", "imagesPerSecond");
    }
  }

  @Test
  void learnsDigits() throws IOException {
    trainKeras("--epochs", "6").succeeded();
    assertThat(open().description().metrics().get("valAccuracy")).isGreaterThan(0.6);
  }

  @Test
  void aRunThatIsResumedEndsWhereAnUndisturbedOneEnds() throws IOException {
    asIfKilledInTheThirdEpoch();
    CommandRun resumed = train("--epochs", "3", "--resume").succeeded();

    assertThat(resumed.out()).contains("Going on after epoch 2.").doesNotContain("Epoch 2/3");
    assertSameNetwork(open(), open(threeEpochs));
    assertThat(Files.readAllLines(model.resolve("history.jsonl"))).hasSize(3);
  }

  /** Leaves two whole epochs and a half-written one, as a run does. */
  private void asIfKilledInTheThirdEpoch() throws IOException {
    FileUtils.copyDirectory(twoEpochs.toFile(), training().resolve("epoch-00002").toFile());
    Files.createDirectories(training().resolve("epoch-00003"));
    Files.writeString(training().resolve("epoch-00003/network.zip"), "half");
  }

  /** As storage leaves it that writes or copies by halves when it dies. */
  @ParameterizedTest
  @ValueSource(strings = {"model.json", "network.zip"})
  void aTornCheckpointGivesWayToTheOneBefore(String torn) throws IOException {
    asIfKilledInTheThirdEpoch();
    Path newest = training().resolve("epoch-00003");
    FileUtils.copyDirectory(threeEpochs.toFile(), newest.toFile());
    byte[] bytes = Files.readAllBytes(newest.resolve(torn));
    Files.delete(newest.resolve("." + torn + ".crc"));
    Files.write(newest.resolve(torn), Arrays.copyOf(bytes, bytes.length / 2));

    assertThat(train("--epochs", "3", "--resume").succeeded().out().lines())
        .contains(
            "Passing over file:" + newest + ": it is damaged or was never finished.",
            "Going on after epoch 2.");
    assertSameNetwork(open(), open(threeEpochs));
    assertThat(training()).doesNotExist();
  }

  /** It may well be whole, and so is not passed over and deleted. */
  @Test
  void aCheckpointOfAnotherVersionIsNotTakenForDamaged() throws IOException {
    asIfKilledInTheThirdEpoch();
    Path description = training().resolve("epoch-00002/model.json");
    Files.delete(description.resolveSibling(".model.json.crc"));
    Files.writeString(
        description,
        Files.readString(description).replace("\"formatVersion\" : 1", "\"formatVersion\" : 9"));

    assertThat(train("--epochs", "3", "--resume").failed())
        .contains("epoch-00002/model.json has the format version 9; this program reads 1");
    assertThat(description).exists();
  }

  @Test
  void withoutAWholeEpochToGoOnAfterItSaysSo() throws IOException {
    Files.createDirectories(training().resolve("epoch-00001"));
    Files.writeString(training().resolve("epoch-00001/network.zip"), "half");
    assertThat(train("--epochs", "1", "--resume").succeeded().out())
        .contains("No whole epoch to go on after in " + training())
        .contains("Epoch 1/1");
    assertThat(training()).doesNotExist();
  }

  @Test
  void aRunOfMoreEpochsThanAskedForIsNotTakenForOneOfThem() throws IOException {
    asIfKilledInTheThirdEpoch();
    assertThat(train("--epochs", "1", "--resume").failed())
        .contains("model.training has 2 whole epochs, more than --epochs 1; pass --epochs 2");
    assertThat(model).doesNotExist();
  }

  @Test
  void theSameSeedGivesTheSameModelAndAnotherSeedAnother() throws IOException {
    train("--epochs", "1", "--seed", "5").succeeded();
    Model first = open();
    model = directory.resolve("again");
    train("--epochs", "1", "--seed", "5").succeeded();
    assertSameNetwork(open(), first);
    assertThat(open().description().metrics()).isEqualTo(first.description().metrics());
    model = directory.resolve("other");
    train("--epochs", "1", "--seed", "6").succeeded();
    assertThat(open().network().params()).isNotEqualTo(first.network().params());
  }

  @Test
  void withoutAValidationPartItSaysSoAndDoesNotCalibrate() throws IOException {
    CommandRun run = train("--epochs", "1", "--validation-fraction", "0").succeeded();
    assertThat(run.out()).contains("validating on 0").doesNotContain("val_loss");
    assertThat(open().description().calibration().examples()).isZero();
  }

  @Test
  void anotherLearningRateGivesAnotherModelAndStockLayersAllTheSame() throws IOException {
    train("--epochs", "1").succeeded();
    Model usual = open();
    model = directory.resolve("slow");
    train("--epochs", "1", "--learning-rate", "0.1").succeeded();
    assertThat(open().network().params()).isNotEqualTo(usual.network().params());
    assertThat(open().description().training()).containsEntry("learningRate", 0.1);
  }

  /** With sizes for which there are no fast layers; the Keras file is written and read back. */
  @Test
  void layersMayHaveOtherSizes() throws IOException {
    trainKeras(
            "--epochs",
            "1",
            "--first-filters",
            "4",
            "--second-filters",
            "6",
            "--kernel-size",
            "5",
            "--pool-size",
            "3",
            "--dense-units",
            "20")
        .succeeded();
    // 28 - 4 - 4 = 20 pixels, 20 / 3 = 6 after pooling.
    long parameters = (25 + 1) * 4 + (25 * 4 + 1) * 6 + (6 * 6 * 6 + 1) * 20 + (20 + 1) * 10;
    assertThat(open().network().numParams()).isEqualTo(parameters);
    assertThat(open().description().training()).containsEntry("kernelSize", 5);
    CommandRun.digits(
            "import-keras",
            "--h5",
            model.resolve(ModelDirectory.KERAS).toString(),
            "--output",
            directory.resolve("back").toString())
        .succeeded();
  }

  @Test
  void aModelThatExistsIsNotReplacedUnasked() throws IOException {
    train("--epochs", "1").succeeded();
    Model before = open();
    assertThat(train("--epochs", "1", "--seed", "9").failed())
        .startsWith("digits train: ")
        .contains("model exists already")
        .contains("--overwrite");
    assertThat(open().sha256()).isEqualTo(before.sha256());
    train("--epochs", "1", "--seed", "9", "--overwrite").succeeded();
    assertThat(open().sha256()).isNotEqualTo(before.sha256());
  }

  @Test
  void aRunThatWasCutShortIsNotLostUnasked() throws IOException {
    asIfKilledInTheThirdEpoch();
    assertThat(train("--epochs", "3").failed())
        .contains("model.training holds a training run that was cut short; pass --resume");
    assertThat(train("--epochs", "3", "--resume", "--rho", "0.9").failed())
        .contains("was trained with --rho 0.95, this run has 0.9; pass --rho 0.95 to go on");
    // As many as there are cores, which the user need not know.
    assertThat(train("--epochs", "3", "--resume", "--workers", "1").failed())
        .contains("was trained with --workers 2, this run has 1; pass --workers 2 to go on");
  }

  @Test
  void whatIsOverwrittenIsNotLostWhereTheDataIsMistyped() throws IOException {
    asIfKilledInTheThirdEpoch();
    Path nowhere = directory.resolve("nowhere");
    assertThat(run(nowhere, model, List.of("--overwrite")).failed()).contains("nowhere");
    assertThat(training().resolve("epoch-00002/model.json")).exists();

    assertThat(train("--epochs", "1", "--overwrite").succeeded().out()).contains("Epoch 1/1");
    assertThat(training()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes.txt", "model/notes.txt", "epoch-1/network.zip", "epoch-00001"})
  void aDirectoryThatHoldsSomethingElseIsNoTrainingRun(String own) throws IOException {
    Path file = training().resolve(own);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "mine");
    for (String flag : List.of("--overwrite", "--resume", "--seed=1")) {
      assertThat(train("--epochs", "1", flag).failed())
          .contains("model.training/" + own.replaceFirst("^(epoch-1)/.*", "$1"))
          .contains("is nothing that a training run wrote")
          .endsWith("move it away or choose another --model");
    }
    assertThat(file).content().isEqualTo("mine");
  }

  /** As a run leaves it that dies between two files of its model, or within the last. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRunThatDiedWhileItsModelWasMovedIsResumed(boolean withinTheLast) throws IOException {
    asIfKilledInTheThirdEpoch();
    Files.createDirectories(model);
    Files.writeString(model.resolve("network.zip"), "moved");
    if (withinTheLast) {
      Files.writeString(model.resolve("model.json"), "{ \"formatVersion\" : 1,");
    }
    assertThat(train("--epochs", "2").failed()).contains("exists already");
    train("--epochs", "2", "--resume").succeeded();
    assertSameNetwork(open(), open(twoEpochs));
    assertThat(training()).doesNotExist();
  }

  @Test
  void trainingThatDivergesNamesTheEpochAndKeepsTheOneBefore() throws IOException {
    asIfKilledInTheThirdEpoch();
    Path json = training().resolve("epoch-00002/model.json");
    String described = Files.readString(json);
    assertThat(described).contains("\"learningRate\" : 1.0");
    Files.delete(json.resolveSibling(".model.json.crc"));
    Files.writeString(json, described.replace("\"learningRate\" : 1.0", "\"learningRate\" : 1e30"));

    assertThat(train("--epochs", "3", "--resume", "--learning-rate", "1e30").failed())
        .isEqualTo(
            "digits train: training diverged in epoch 3: the network's loss or parameters are no"
                + " finite numbers; train it again with a lower --learning-rate");
    assertThat(json).exists();
    assertThat(model).doesNotExist();
  }

  /** One minibatch takes a step so long that all that follows is out of a float's range. */
  @Test
  void aNetworkThatReadsNoNumbersHasDiverged() {
    List<String> oneStep = small("--epochs", "1", "--batch-size", "1000", "--workers", "1");
    oneStep.addAll(List.of("--learning-rate", "1e30"));
    assertThat(run(dataset, model, oneStep).failed())
        .matches(
            "digits train: training diverged: the probabilities that the network of epoch 1 gives"
                + " are no numbers for \\d+ of \\d+ digits; train it again with a lower"
                + " --learning-rate");
    assertThat(model).doesNotExist();
  }

  @Test
  void aDatasetThatIsNoneIsNamed() {
    assertThat(run(directory.resolve("nowhere"), model, List.of()).failed()).contains("nowhere");
    assertThat(model).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "--epochs, 0, at least 1",
    "--batch-size, 0, at least 1",
    "--averaging-frequency, -1, at least 0",
    "--workers, -2, at least 0",
    "--validation-fraction, 1.0, from 0.0 to 0.9",
    "--learning-rate, 0, above 0",
    "--rho, 1.5, from 0.0 to 1.0",
    "--epsilon, 0, above 0",
    "--dense-dropout, 0.95, from 0.0 to 0.9",
    "--first-filters, 0, at least 1",
    "--kernel-size, 10, from 1 to 9",
    "--pool-size, 0, from 1 to 6",
    "--dense-units, 0, at least 1"
  })
  void optionsOutOfRangeAreWrongUsage(String option, String value, String range) {
    CommandRun run =
        CommandRun.digits("train", "--data", "data", "--model", "model", option, value);
    assertThat(run.refused()).contains(option).contains(range);
  }
}
