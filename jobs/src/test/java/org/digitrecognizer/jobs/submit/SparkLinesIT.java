// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One jar, two lines of Spark: the same jobs, by the launcher, leave the same. */
@Tag("slow")
class SparkLinesIT {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Path SPARK_4 = PROJECT.resolve("spark4/target/spark");

  @TempDir private static Path directory;
  private static Path mnist;
  private static Path scans;
  private static Path on3;
  private static Path on4;

  @BeforeAll
  static void runTheJobsOnBoth() throws Exception {
    assertThat(SPARK_4).as("'mvn -Pslow -pl spark4 package' collects it").isDirectory();
    mnist = SmallMnist.write(directory.resolve("mnist"), 300, 60);
    scans = directory.resolve("scans");
    on3 = Files.createDirectory(directory.resolve("spark-3"));
    digits(PROJECT, "samples", "--source", mnist, "--output", scans, "--images", 40);
    runJobs(PROJECT, on3);
    on4 = Files.createDirectory(directory.resolve("spark-4"));
    runJobs(homeWith(SPARK_4), on4);
  }

  /** A copy of what a checkout has, with another Spark in the place of the build's. */
  private static Path homeWith(Path spark) throws IOException {
    Path home = directory.resolve("home");
    for (String folder : List.of("submit", "conf")) {
      FileUtils.copyDirectory(PROJECT.resolve(folder).toFile(), home.resolve(folder).toFile());
    }
    assertThat(home.resolve("submit/digits").toFile().setExecutable(true)).isTrue();
    Path target = Files.createDirectories(home.resolve("jobs/target"));
    String jar = "jobs/target/digit-recognizer-jobs.jar";
    Files.createSymbolicLink(home.resolve(jar), PROJECT.resolve(jar));
    Files.createSymbolicLink(target.resolve("spark"), spark);
    return home;
  }

  private static void runJobs(Path home, Path work) throws Exception {
    Path dataset = work.resolve("dataset");
    Path model = work.resolve("model");
    digits(home, "ingest", "--source", mnist, "--output", dataset);
    digits(home, "train", "--data", dataset, "--model", model, "--epochs", 1);
    digits(
        home,
        "evaluate",
        "--data",
        dataset,
        "--model",
        model,
        "--output",
        work.resolve("evaluation"));
    digits(
        home,
        "score",
        "--archives",
        scans.resolve("digits.zip"),
        "--model",
        model,
        "--output",
        work.resolve("scores"));
  }

  private static void digits(Path home, Object... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("submit/digits").toString()));
    List.of(words).forEach(word -> command.add(word.toString()));
    command.addAll(List.of("--", "--master", "local[2]"));
    command.addAll(QuickJvm.driver());
    Run run = Run.of(directory, Map.of(), command);
    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.errors()).as("cron would mail it").isEmpty();
  }

  @Test
  void theDatasetsAreTheSame() {
    List<Row> expected = digitsOf(on3);
    assertThat(expected).hasSize(360);
    assertThat(digitsOf(on4)).isEqualTo(expected);
  }

  private static List<Row> digitsOf(Path work) {
    return TestSpark.session()
        .read()
        .parquet(work.resolve("dataset").toString())
        .selectExpr("split", "id", "label", "hex(pixels)")
        .orderBy("split", "id")
        .collectAsList();
  }

  @Test
  void theNetworksAreTheSameBits() throws IOException {
    Map<String, byte[]> expected = network(on3);
    assertThat(expected).containsKeys("coefficients.bin", "updaterState.bin");
    Map<String, byte[]> found = network(on4);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, bytes) -> assertThat(found.get(name)).as(name).isEqualTo(bytes));
  }

  private static Map<String, byte[]> network(Path work) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipFile zip = new ZipFile(work.resolve("model/network.zip").toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  @Test
  void theEvaluationsAreTheSame() throws IOException {
    String confusion = "evaluation/report/confusion.csv";
    assertThat(on4.resolve(confusion)).hasSameBinaryContentAs(on3.resolve(confusion));
  }

  @Test
  void theReadingsAreTheSame() {
    List<Row> expected = readings(on3);
    assertThat(expected).isNotEmpty();
    assertThat(readings(on4)).isEqualTo(expected);
  }

  private static List<Row> readings(Path work) {
    return TestSpark.session()
        .read()
        .parquet(work.resolve("scores/predictions").toString())
        .orderBy("ordinal", "page")
        .collectAsList();
  }
}
