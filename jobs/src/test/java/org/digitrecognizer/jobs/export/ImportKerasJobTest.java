// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.failure.LockedFileSystem;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.PlainReadings;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.keras.Networks;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The job by its command line, on files of Keras 2 and 3, and what the others make of its model.
 */
class ImportKerasJobTest {

  private static final int DIGITS = 60;

  @TempDir private static Path shared;

  @TempDir private Path directory;
  private Path model;

  @BeforeAll
  static void ingest() {
    TestSpark.session();
    Path source = SmallMnist.write(shared.resolve("mnist"), 40, DIGITS);
    CommandRun.digits(
            "ingest", "--source", source.toString(), "--output", shared.resolve("data").toString())
        .succeeded();
  }

  @BeforeEach
  void chooseModel() {
    model = directory.resolve("model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"k2-sequential", "k3-sequential", "k3-functional", "k3-flat"})
  void makesAModelDirectoryThatEvaluateTakes(String fixture) throws IOException {
    Path file = fixture(fixture);
    assertThat(importKeras(file).succeeded().out())
        .contains("Model in " + model + ": ")
        .endsWith("parameters; its confidences are not calibrated\n");
    Model opened = open();
    assertThat(opened.description().files())
        .containsOnlyKeys("network.zip", "handwritten-digit-mnist-model.h5");
    assertThat(opened.description().training())
        .containsEntry("importedFrom", file.toString())
        .containsKey("kerasVersion");
    // Those of Keras 3 were not saved with an Adadelta.
    assertThat(opened.description().training().containsKey("learningRate"))
        .isEqualTo(fixture.startsWith("k2"));
    assertThat(opened.description().data()).isNull();
    assertThat(opened.description().metrics()).isEmpty();
    assertThat(opened.description().calibration()).isEqualTo(Calibration.none());

    Path evaluation = directory.resolve("evaluation");
    CommandRun.digits(
            "evaluate",
            "--data",
            shared.resolve("data").toString(),
            "--model",
            model.toString(),
            "--output",
            evaluation.toString())
        .succeeded();
    PlainReadings plain = new PlainReadings(opened.network(), SmallMnist.test(DIGITS));
    assertThat(plain.undecided()).isLessThan(DIGITS / 2);
    assertThat(accuracy(evaluation) * DIGITS)
        .isBetween(plain.right() - 0.5, plain.right() + plain.undecided() + 0.5);
  }

  private static double accuracy(Path output) throws IOException {
    JsonNode metrics = new ObjectMapper().readTree(output.resolve("report/metrics.json").toFile());
    return metrics.get("accuracy").doubleValue();
  }

  @Test
  void scoreTakesIt() throws IOException {
    importKeras(fixture("k3-sequential")).succeeded();
    CommandRun.digits(
            "samples",
            "--source",
            shared.resolve("mnist").toString(),
            "--output",
            directory.resolve("scans").toString(),
            "--images",
            "20")
        .succeeded();
    CommandRun.digits(
            "score",
            "--archives",
            directory.resolve("scans/digits.zip").toString(),
            "--model",
            model.toString(),
            "--output",
            directory.resolve("scores").toString())
        .succeeded();
    JsonNode metrics =
        new ObjectMapper().readTree(directory.resolve("scores/report/metrics.json").toFile());
    assertThat(metrics.get("scored").intValue()).isEqualTo(20);
  }

  @Test
  void aModelThatWasExportedComesBack() throws IOException {
    Path file = directory.resolve("digits.h5");
    CommandRun.digits(
            "export-keras", "--model", SmallModel.trained().toString(), "--output", file.toString())
        .succeeded();
    importKeras(file).succeeded();
    Model before =
        ModelDirectory.open(
            new org.apache.hadoop.fs.Path(SmallModel.trained().toUri()), new Configuration(), null);
    assertThat(open().network().params()).isEqualTo(before.network().params());
  }

  @Test
  void aModelThatExistsIsReplacedOnlyWhenAsked() throws IOException {
    importKeras(fixture("k3-flat")).succeeded();
    String before = open().sha256();
    importKeras(fixture("k2-flat"))
        .failedWith(
            "digits import-keras: "
                + model
                + " exists already; choose another place or pass --overwrite to replace it");
    assertThat(open().sha256()).isEqualTo(before);
    importKeras(fixture("k2-flat"), "--overwrite").succeeded();
    assertThat(open().sha256()).isNotEqualTo(before);
    assertThat(directory.resolve("model.importing")).doesNotExist();
  }

  @Test
  void whatIsNoModelDirectoryIsLeftAlone() throws IOException {
    Files.createDirectories(model);
    Files.writeString(model.resolve("letter.txt"), "mine");
    assertThat(importKeras(fixture("k3-flat"), "--overwrite").failed())
        .contains("holds 'letter.txt', which is no part of a model directory");
    assertThat(model.resolve("letter.txt")).hasContent("mine");

    Files.delete(model.resolve("letter.txt"));
    Path page = Files.createDirectory(model.resolve("report")).resolve("index.html");
    Files.writeString(page, "mine");
    importKeras(fixture("k3-flat"), "--overwrite")
        .failedWith(
            "digits import-keras: "
                + model
                + " holds no model.json, so it may be no model directory and --overwrite leaves it"
                + " alone; choose another place");
    assertThat(page).hasContent("mine");
  }

  @Test
  void aFileThatIsMissingOrNoneIsNamedAndAnOldModelStays() throws IOException {
    importKeras(fixture("k3-flat")).succeeded();
    String before = open().sha256();
    Path nowhere = directory.resolve("nowhere.h5");
    importKeras(nowhere, "--overwrite")
        .failedWith(
            "digits import-keras: "
                + nowhere
                + " does not exist; expected a .h5 file that Keras saved");
    importKeras(directory, "--overwrite")
        .failedWith(
            "digits import-keras: "
                + directory
                + " is a directory; expected a .h5 file that Keras saved");
    Path text = Files.writeString(directory.resolve("text.h5"), "text");
    importKeras(text, "--overwrite")
        .failedWith(
            "digits import-keras: "
                + text
                + " is no HDF5 file; expected a whole model that Keras saved:"
                + " model.save('model.h5')");
    assertThat(open().sha256()).isEqualTo(before);
  }

  @Test
  void aFileThatMayNotBeReadIsNotCalledMissing() throws IOException {
    LockedFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    LockedFileSystem.lock("k2-flat.h5");
    Path locked = Path.of(LockedFileSystem.path(fixture("k2-flat")).toString());
    importKeras(locked)
        .failedWith(
            "digits import-keras: "
                + LockedFileSystem.refusal(new org.apache.hadoop.fs.Path(locked.toString())));
  }

  private CommandRun importKeras(Path file, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("import-keras", "--h5", file.toString(), "--output", model.toString()));
    args.addAll(List.of(more));
    return CommandRun.digits(args.toArray(String[]::new));
  }

  private Path fixture(String name) throws IOException {
    Path file = directory.resolve(name + ".h5");
    try (InputStream in = Networks.class.getResourceAsStream("fixtures/" + name + ".h5")) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private Model open() throws IOException {
    return ModelDirectory.open(
        new org.apache.hadoop.fs.Path(model.toUri()), new Configuration(), null);
  }
}
