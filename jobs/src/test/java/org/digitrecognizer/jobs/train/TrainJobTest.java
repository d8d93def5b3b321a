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

/** The whole job by its command line, on real digits, with good input and bad. */
class TrainJobTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> SMALL_LAYERS =
      List.of("--first-filters", "8", "--second-filters", "8", "--dense-units", "16");

  @TempDir private static Path shared;
  private static Path dataset;

  @TempDir private Path directory;
  private Path model;

  @BeforeAll
  static void ingest() {
    TestSpark.session();
    Path source = SmallMnist.write(shared.resolve("mnist"), 600, 100);
    dataset = shared.resolve("dataset");
    CommandRun.digits("ingest", "--source", source.toString(), "--output", dataset.toString())
        .succeeded();
  }

  @BeforeEach
  void chooseModel() {
    model = directory.resolve("model");
  }

  /** With small layers, which take a tenth of the time. */
  private CommandRun train(String... more) {
    List<String> small = new ArrayList<>(SMALL_LAYERS);
    small.addAll(Arrays.asList(more));
    return trainKeras(small.toArray(String[]::new));
  }

  private CommandRun trainKeras(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                "--data",
                dataset.toString(),
                "--model",
                model.toString(),
                "--batch-size",
                "32",
                "--averaging-frequency",
                "4"));
    args.addAll(Arrays.asList(more));
    return CommandRun.digits(args.toArray(String[]::new));
  }

  private Model open() throws IOException {
    return ModelDirectory.open(hadoop(model), new Configuration(), null);
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
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
    assertThat(model.resolveSibling("model.training")).doesNotExist();
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
    train("--epochs", "2").succeeded();
    List<String> lines = Files.readAllLines(model.resolve("history.jsonl"));
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
    train("--epochs", "3").succeeded();
    Model undisturbed = open();

    model = directory.resolve("resumed");
    train("--epochs", "2").succeeded();
    asIfKilledAfterTheLastCheckpoint();
    CommandRun resumed = train("--epochs", "3", "--resume").succeeded();

    assertThat(resumed.out()).contains("Going on after epoch 2.").doesNotContain("Epoch 2/3");
    assertThat(open().network().params()).isEqualTo(undisturbed.network().params());
    assertThat(open().network().getUpdater().getStateViewArray())
        .isEqualTo(undisturbed.network().getUpdater().getStateViewArray());
    assertThat(Files.readAllLines(model.resolve("history.jsonl"))).hasSize(3);
  }

  /**
   * Puts a finished model back to where it was as a checkpoint, with a half-written one after it.
   */
  private void asIfKilledAfterTheLastCheckpoint() throws IOException {
    Path training = model.resolveSibling(model.getFileName() + ".training");
    Files.createDirectories(training.resolve("epoch-00003"));
    Files.writeString(training.resolve("epoch-00003/network.zip"), "half");
    Files.move(model, training.resolve("epoch-00002"));
  }

  @Test
  void theSameSeedGivesTheSameModelAndAnotherSeedAnother() throws IOException {
    train("--epochs", "1", "--seed", "5").succeeded();
    Model first = open();
    model = directory.resolve("again");
    train("--epochs", "1", "--seed", "5").succeeded();
    assertThat(open().network().params()).isEqualTo(first.network().params());
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
    train("--epochs", "2").succeeded();
    asIfKilledAfterTheLastCheckpoint();
    assertThat(train("--epochs", "3").failed())
        .contains("model.training holds a training run that was cut short; pass --resume");
    assertThat(train("--epochs", "3", "--resume", "--rho", "0.9").failed())
        .contains("was trained with rho = 0.95, this run has 0.9");
  }

  /** As a run leaves it that dies between two files of its model. */
  @Test
  void aRunThatDiedWhileItsModelWasMovedIsResumed() throws IOException {
    train("--epochs", "2").succeeded();
    Model whole = open();
    asIfKilledAfterTheLastCheckpoint();
    Files.createDirectories(model);
    Files.writeString(model.resolve("network.zip"), "moved");
    assertThat(train("--epochs", "2").failed()).contains("exists already");
    train("--epochs", "2", "--resume").succeeded();
    assertThat(open().network().params()).isEqualTo(whole.network().params());
    assertThat(model.resolveSibling(model.getFileName() + ".training")).doesNotExist();
  }

  @Test
  void aDatasetThatIsNoneIsNamed() throws IOException {
    dataset = dataset.resolveSibling("nowhere");
    try {
      assertThat(train().failed()).contains("nowhere");
      assertThat(model).doesNotExist();
    } finally {
      dataset = dataset.resolveSibling("dataset");
    }
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
