// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site may serialize with Kryo, which cannot do all that Java's own serialization can. */
class KryoTest {

  /** What spark-submit hands on, as system properties. */
  private static final Map<String, String> SITE =
      Map.of(
          "spark.master", "local[2]",
          "spark.serializer", KryoSerializer.class.getName(),
          "spark.sql.shuffle.partitions", "2");

  private static final String REGISTRATOR = "spark.kryo.registrator";
  private static final String DEMANDED = "spark.kryo.registrationRequired";

  @TempDir private Path directory;

  @BeforeEach
  void letEachJobStartSpark() {
    TestSpark.session().stop();
    SITE.forEach(System::setProperty);
  }

  @AfterEach
  void forgetTheSite() {
    SITE.keySet().forEach(System::clearProperty);
    System.clearProperty(DEMANDED);
  }

  @Test
  void allJobsRunWhereSparkSerializesWithKryo() throws Exception {
    System.setProperty(DEMANDED, "true");
    Path source = SmallMnist.write(directory.resolve("mnist"), 200, 120);
    Path scans = directory.resolve("scans");
    digits("ingest", "--source", source, "--output", at("dataset"));
    digits("train", "--data", at("dataset"), "--model", at("model"), "--epochs", 1);
    digits(
        "evaluate", "--data", at("dataset"), "--model", at("model"), "--output", at("evaluation"));
    digits("samples", "--source", source, "--output", scans, "--images", 120);
    CommandRun scored =
        digits(
            "score",
            "--archives",
            scans.resolve("digits.zip"),
            "--model",
            at("model"),
            "--output",
            at("scores"),
            "--labels",
            scans.resolve("labels.csv"));
    assertThat(scored.out()).contains(" of 120 new images");
    // So few scans show no improvement: it is refused once all has been trained and judged.
    CommandRun adapted =
        CommandRun.digits(
            "adapt",
            "--model",
            at("model").toString(),
            "--archives",
            scans.resolve("digits.zip").toString(),
            "--labels",
            scans.resolve("labels.csv").toString(),
            "--origin-pattern",
            "(\\d)\\.[a-z]+$",
            "--output",
            at("adapted").toString(),
            "--epochs",
            "1",
            "--learning-rate",
            "1e-9");
    assertThat(adapted.failed())
        .startsWith("digits adapt: the adapted model is not shown to be better");
  }

  /** As in a notebook: no registrator says how records are written. */
  @Test
  void numbersAndCorrectionsAreJoinedInASessionOfSomebodyElse() throws Exception {
    try (SparkSession spark = TestSpark.session()) {
      assertThat(spark.sparkContext().env().serializer()).isInstanceOf(KryoSerializer.class);
      assertThat(spark.sparkContext().conf().contains(REGISTRATOR)).isFalse();
      scoreAndCorrectNumbers();
    }
  }

  private void scoreAndCorrectNumbers() throws Exception {
    Path source = SmallMnist.write(directory.resolve("mnist"), 20, 120);
    Path form =
        Files.writeString(
            directory.resolve("form.yaml"),
            """
            form: slip
            image: cells
            group: '(?<sheet>[^/]+)/(?<field>\\w+)_(?<position>\\d+)\\.png$'
            fields:
              account: {digits: 4, check: luhn, once: true}
              fee: {digits: 2}
            """);
    Path scans = directory.resolve("scans");
    digits("samples", "--source", source, "--numbers", form, "--output", scans, "--images", 12);
    score(scans, form);
    Path review = at("scores").resolve("report/review.csv");
    List<String> lines = Files.readAllLines(review);
    assertThat(lines).hasSizeGreaterThan(1);
    String fee = lines.stream().filter(line -> line.contains(",fee,")).findFirst().orElseThrow();
    // The last column, 'corrected', is empty.
    Path answers = Files.write(directory.resolve("answers.csv"), List.of(lines.get(0), fee + "18"));
    digits(
        "correct",
        "--output",
        at("scores"),
        "--form",
        form,
        "--person",
        "Ann",
        "--corrections",
        answers);
    score(scans, form);
    assertThat(Files.readAllLines(review)).hasSize(lines.size() - 1);
  }

  private void score(Path scans, Path form) {
    digits(
        "score",
        "--archives",
        scans.resolve("digits.zip"),
        "--model",
        SmallModel.trained(),
        "--output",
        at("scores"),
        "--form",
        form,
        "--labels",
        scans.resolve("labels.csv"),
        "--target-error",
        0);
  }

  /** As in a notebook, whose session is not the job's to change. */
  @Test
  void aSessionThatCannotSendArraysIsNamedBeforeTraining() throws Exception {
    Path source = SmallMnist.write(directory.resolve("mnist"), 200, 40);
    try (SparkSession spark = TestSpark.session()) {
      assertThat(spark.sparkContext().env().serializer()).isInstanceOf(KryoSerializer.class);
      digits("ingest", "--source", source, "--output", at("dataset"));
      CommandRun.digits(
              "train", "--data", at("dataset").toString(), "--model", at("model").toString())
          .failedWith(
              "digits train: Spark is set to Kryo, which cannot send ND4J's arrays and Java's"
                  + " records by itself; add org.digitrecognizer.jobs.launch.spark.KryoTypes to"
                  + " spark.kryo.registrator where Spark is started");
    }
  }

  private Path at(String name) {
    return directory.resolve(name);
  }

  private static CommandRun digits(Object... args) {
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    return CommandRun.digits(words).succeeded();
  }
}
