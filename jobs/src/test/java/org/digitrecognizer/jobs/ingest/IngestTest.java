// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.dataset.DigitsDataset;
import org.digitrecognizer.jobs.launch.console.Stages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {

  private static final int TRAIN = 3_000;
  private static final int TEST = 500;

  @TempDir private static Path directory;
  private static SparkSession spark;
  private static Path source;
  private static Path output;
  private static IngestResult result;

  @BeforeAll
  static void ingest() throws IOException {
    spark = TestSpark.session();
    source = SmallMnist.write(directory.resolve("mnist"), TRAIN, TEST);
    output = directory.resolve("dataset");
    result = ingest(output, 42, 4);
  }

  private static IngestResult ingest(Path output, long seed, int partitions) throws IOException {
    try (Stages stages = Stages.of(new PrintWriter(Writer.nullWriter()))) {
      return Ingest.run(
          spark,
          new IngestOptions(path(source), path(output), false, seed, partitions, false),
          stages);
    }
  }

  private static org.apache.hadoop.fs.Path path(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  @Test
  void theDatasetHoldsTheDigitsOfTheFiles() throws IOException {
    DigitsDataset dataset = DigitsDataset.open(spark, output.toString());
    assertThat(dataset.count(DigitsDataset.TRAIN)).isEqualTo(TRAIN);
    assertThat(dataset.count(DigitsDataset.TEST)).isEqualTo(TEST);
    assertThat(byId(dataset.rows("train").collectAsList())).isEqualTo(SmallMnist.train(TRAIN));
    assertThat(byId(dataset.rows("test").collectAsList())).isEqualTo(SmallMnist.test(TEST));
    assertThat(result.written()).contains(dataset.description());
  }

  private static List<LabelledDigit> byId(List<Row> rows) {
    LabelledDigit[] digits = new LabelledDigit[rows.size()];
    for (Row row : rows) {
      digits[(int) row.getLong(0)] =
          new LabelledDigit(DigitImage.of(row.getAs("pixels")), row.getInt(1));
    }
    return List.of(digits);
  }

  @Test
  void plainSparkReadsTheSame() {
    assertThat(spark.read().parquet(output.toString()).schema().simpleString())
        .isEqualTo("struct<id:bigint,label:int,pixels:binary,split:string>");
    assertThat(
            byId(spark.read().parquet(output.toString()).where("split = 'test'").collectAsList()))
        .isEqualTo(SmallMnist.test(TEST));
    assertThat(spark.read().parquet(output.toString()).count()).isEqualTo(TRAIN + TEST);
  }

  @Test
  void parquetsOwnReaderReadsTheSame() throws IOException {
    List<LabelledDigit> expected = SmallMnist.train(TRAIN);
    int rows = 0;
    for (Path file : parquetFiles(output.resolve("split=train"))) {
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), path(file)).build()) {
        for (Group row = reader.read(); row != null; row = reader.read()) {
          LabelledDigit digit = expected.get((int) row.getLong("id", 0));
          assertThat(row.getInteger("label", 0)).isEqualTo(digit.label());
          assertThat(row.getBinary("pixels", 0).getBytes()).isEqualTo(digit.image().pixels());
          rows++;
        }
      }
    }
    assertThat(rows).isEqualTo(TRAIN);
  }

  @Test
  void everyPartHoldsAllClassesInMixedOrder() throws IOException {
    List<Path> files = parquetFiles(output.resolve("split=train"));
    assertThat(files).hasSize(4);
    for (Path file : files) {
      List<Row> rows = spark.read().parquet(file.toString()).collectAsList();
      Set<Integer> classes = new HashSet<>();
      rows.forEach(row -> classes.add(row.getInt(1)));
      assertThat(classes).hasSize(10);
      assertThat(rows).hasSizeBetween(TRAIN / 4 - 150, TRAIN / 4 + 150);
      assertThat(rows).extracting(row -> row.getLong(0)).isNotEqualTo(sortedIds(rows));
    }
  }

  private static List<Long> sortedIds(List<Row> rows) {
    return rows.stream().map(row -> row.getLong(0)).sorted().toList();
  }

  @Test
  void theSameSeedGivesTheSameOrder() throws IOException {
    Path again = directory.resolve("again");
    Path other = directory.resolve("other");
    ingest(again, 42, 4);
    ingest(other, 43, 4);
    assertThat(ids(again)).isEqualTo(ids(output));
    assertThat(ids(other)).isNotEqualTo(ids(output));
    assertThat(DigitsDataset.open(spark, other.toString()).description().fingerprint())
        .as("the fingerprint is of what is in it, not of the order")
        .isEqualTo(DigitsDataset.open(spark, output.toString()).description().fingerprint());
  }

  private static List<List<Long>> ids(Path dataset) throws IOException {
    List<List<Long>> ids = new ArrayList<>();
    for (Path file : parquetFiles(dataset)) {
      ids.add(
          spark.read().parquet(file.toString()).collectAsList().stream()
              .map(row -> row.getLong(0))
              .toList());
    }
    return ids;
  }

  @Test
  void onePartitionHoldsWhatManyHold() throws IOException {
    Path one = directory.resolve("one");
    ingest(one, 42, 1);
    assertThat(parquetFiles(one)).hasSize(2);
    DigitsDataset dataset = DigitsDataset.open(spark, one.toString());
    assertThat(byId(dataset.rows("train").collectAsList())).isEqualTo(SmallMnist.train(TRAIN));
  }

  private static List<Path> parquetFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }
}
