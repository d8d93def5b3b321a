// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.util.ModelSerializer;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.DyingFileSystem;
import org.digitrecognizer.jobs.PlainReadings;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.WrittenPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job by its command line. The oracle is plain Deeplearning4j over the same digits. */
class EvaluateJobTest {

  private static final int TEST_DIGITS = 200;

  @TempDir private static Path shared;

  @TempDir private Path directory;
  private Path model;
  private Path output;

  @BeforeAll
  static void train() {
    TestSpark.session();
    Path source = SmallMnist.write(shared.resolve("mnist"), 600, TEST_DIGITS);
    CommandRun.digits(
            "ingest", "--source", source.toString(), "--output", shared.resolve("data").toString())
        .succeeded();
    CommandRun.digits(
            "train",
            "--data",
            shared.resolve("data").toString(),
            "--model",
            shared.resolve("model").toString(),
            "--epochs",
            "2",
            "--batch-size",
            "32")
        .succeeded();
  }

  @BeforeEach
  void chooseOutput() {
    model = shared.resolve("model");
    output = directory.resolve("evaluation");
  }

  @AfterEach
  void live() {
    DyingFileSystem.live();
  }

  private CommandRun evaluate(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--data",
                shared.resolve("data").toString(),
                "--model",
                model.toString(),
                "--output",
                output.toString()));
    args.addAll(Arrays.asList(more));
    return CommandRun.digits(args.toArray(String[]::new));
  }

  private JsonNode metrics() throws IOException {
    return new ObjectMapper().readTree(output.resolve("report/metrics.json").toFile());
  }

  @Test
  void countsWhatPlainDeeplearning4jCounts() throws IOException {
    evaluate().succeeded();

    PlainReadings plain =
        new PlainReadings(
            ModelSerializer.restoreMultiLayerNetwork(model.resolve("network.zip").toFile()),
            SmallMnist.test(TEST_DIGITS));
    assertThat(plain.undecided()).isLessThan(TEST_DIGITS / 20);
    int[][] confusion = new ObjectMapper().convertValue(metrics().get("confusion"), int[][].class);
    int counted = 0;
    int right = 0;
    for (int label = 0; label < confusion.length; label++) {
      for (int read = 0; read < confusion.length; read++) {
        assertThat(confusion[label][read])
            .as("%d read as %d", label, read)
            .isGreaterThanOrEqualTo(plain.count(label, read));
        counted += confusion[label][read];
      }
      right += confusion[label][label];
    }
    assertThat(counted).isEqualTo(TEST_DIGITS);
    assertThat(metrics().get("labelled").asInt()).isEqualTo(TEST_DIGITS);
    assertThat(metrics().get("accuracy").asDouble())
        .isCloseTo((double) right / TEST_DIGITS, within(1e-12));
  }

  @Test
  void writesAPageAndSaysWhere() throws IOException {
    CommandRun run = evaluate().succeeded();
    assertThat(run.out())
        .contains("Accuracy ")
        .contains("Report in " + output + "/report/index.html");
    assertThat(output.resolve("report/index.html")).content().contains("Evaluation report");
    assertThat(output.resolve("report/confusion.csv")).exists();
  }

  @Test
  void thePageOpensInABrowser() throws IOException {
    evaluate().succeeded();
    try (WrittenPage page =
        WrittenPage.open(output.resolve("report"), directory.resolve("profile"))) {
      double accuracy = page.metrics().get("accuracy").asDouble();
      assertThat(page.texts("body"))
          .first()
          .asString()
          .contains("Accuracy\n%.2f".formatted(100 * accuracy))
          .contains("of %d\u00a0labelled digits".formatted(TEST_DIGITS));
      assertThat(page.pictures("#least-certain li img, #mistakes li img")).isPositive();
    }
  }

  @Test
  void readsTheSplitItIsTold() throws IOException {
    evaluate("--split", "train").succeeded();
    assertThat(metrics().get("labelled").asInt()).isEqualTo(600);
    output = directory.resolve("none");
    assertThat(evaluate("--split", "holiday").failed())
        .contains("has no split 'holiday'; it has test, train");
  }

  @Test
  void aReportThatExistsIsNotReplacedUnasked() throws IOException {
    evaluate().succeeded();
    assertThat(evaluate().failed()).contains("evaluation exists already");
    evaluate("--overwrite").succeeded();
    Files.writeString(output.resolve("thesis.txt"), "mine");
    assertThat(evaluate("--overwrite").failed()).contains("thesis.txt");
    assertThat(output.resolve("thesis.txt")).hasContent("mine");
  }

  @Test
  void aFolderOfSomebodyElseIsNoReport() throws IOException {
    Path page = Files.createDirectories(output.resolve("report")).resolve("index.html");
    Files.writeString(page, "mine");
    evaluate("--overwrite")
        .failedWith(
            "digits evaluate: "
                + output
                + " holds no report/metrics.json, so it may be no evaluation and --overwrite leaves"
                + " it alone; choose another place");
    assertThat(page).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.html", "metrics.json"})
  void aNewReportThatCannotTakeTheOldOnesPlaceIsKept(String name) throws IOException {
    DyingFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    Path report = Files.createDirectories(output.resolve("report"));
    Files.writeString(report.resolve("metrics.json"), "old");
    output = Path.of("dying:" + output);
    DyingFileSystem.dieRenamingTo("report/" + name);
    evaluate("--overwrite", "--split", "train")
        .failedWith(
            "digits evaluate: %1$s/report cannot be put in place (died renaming".formatted(output)
                + " %1$s/_report/%2$s); what it lacks of the new report is in %1$s/_report: move it"
                    .formatted(output, name)
                + " there, or evaluate again with --overwrite");
    DyingFileSystem.live();

    assertThat(kept("index.html", report)).content().contains(", split train");
    assertThat(kept("confusion.csv", report)).isNotEmptyFile();
    assertThat(kept("metrics.json", report)).content().containsPattern("\"labelled\" ?: ?600,");
    evaluate("--overwrite").succeeded();
    assertThat(report.resolveSibling("_report")).doesNotExist();
    assertThat(report.resolve("metrics.json")).content().containsPattern("\"labelled\" ?: ?200,");
  }

  /** Returns a file of the new report: where it was written, or else where it belongs. */
  private static Path kept(String name, Path report) {
    Path staged = report.resolveSibling("_report").resolve(name);
    return Files.exists(staged) ? staged : report.resolve(name);
  }

  @Test
  void aDamagedModelIsNamed() throws IOException {
    model = directory.resolve("damaged");
    Files.createDirectories(model);
    for (String name :
        List.of("model.json", "network.zip", "handwritten-digit-mnist-model.h5", "history.jsonl")) {
      Files.copy(shared.resolve("model").resolve(name), model.resolve(name));
    }
    byte[] bytes = Files.readAllBytes(model.resolve("network.zip"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(model.resolve("network.zip"), bytes);
    assertThat(evaluate().failed())
        .contains("network.zip is damaged: its SHA-256 is")
        .contains("copy the model again");
    assertThat(output).doesNotExist();
  }

  @Test
  void aHalfWrittenModelIsNone() throws IOException {
    model = directory.resolve("half");
    Files.createDirectories(model);
    Files.copy(shared.resolve("model").resolve("network.zip"), model.resolve("network.zip"));
    assertThat(evaluate().failed()).contains("half is no model: it has no model.json");
  }

  @Test
  void anotherModelThanTheOneExpectedIsRefused() {
    assertThat(evaluate("--model-sha256", "abc").failed())
        .contains("not abc as --model-sha256 says");
  }

  @Test
  void aTargetErrorOutOfRangeIsWrongUsage() {
    assertThat(evaluate("--target-error", "2").refused()).contains("from 0.0 to 1.0");
  }
}
