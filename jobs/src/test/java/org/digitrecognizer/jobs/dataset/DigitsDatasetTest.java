// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.failure.LockedFileSystem;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.launch.cli.ErrorLine;
import org.digitrecognizer.mnist.SourceFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitsDatasetTest {

  private static final Map<String, SplitCounts> COUNTS =
      Map.of(
          "train",
          new SplitCounts(3, List.of(0L, 0L, 0L, 0L, 0L, 1L, 0L, 1L, 0L, 0L), 1),
          "test",
          SplitCounts.labelled(List.of(1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L)));
  private static SparkSession spark;

  @TempDir private Path directory;
  private Path dataset;

  @BeforeAll
  static void startSpark() {
    spark = TestSpark.session();
  }

  @BeforeEach
  void writeDataset() throws IOException {
    dataset = directory.resolve("dataset");
    write(dataset.toString());
  }

  private static DigitsDatasetWriter writer(String path) throws IOException {
    return new DigitsDatasetWriter(spark, new org.apache.hadoop.fs.Path(path));
  }

  private static void write(String path) throws IOException {
    writer(path)
        .write(
            spark
                .createDataFrame(
                    List.of(
                        RowFactory.create(0L, 5, pixels(10), "train"),
                        RowFactory.create(1L, 7, pixels(200), "train"),
                        RowFactory.create(2L, null, pixels(3), "train"),
                        RowFactory.create(0L, 0, pixels(4), "test")),
                    DigitsSchema.SCHEMA)
                .coalesce(1),
            new DatasetOrigin(9, 1, COUNTS, List.of(new SourceFile("a", 1, "ff"))));
  }

  private static byte[] pixels(int ink) {
    byte[] pixels = new byte[784];
    pixels[783] = (byte) ink;
    return pixels;
  }

  private DigitsDataset open() throws IOException {
    return DigitsDataset.open(spark, dataset.toString());
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessage(message.replace("$", dataset.toString()));
  }

  private void assertRefusedWith(String... parts) {
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(parts)
        .message()
        .satisfies(message -> assertThat(message.lines()).hasSize(1));
  }

  @Test
  void givesTheLabelledDigitsOfASplit() throws IOException {
    List<String> digits =
        open()
            .labelled("train")
            .values()
            .map(digit -> digit.label() + ":" + digit.image().ink(27, 27))
            .collect();
    assertThat(digits).containsExactlyInAnyOrder("5:10", "7:200");
    assertThat(open().rows("train").count()).as("rows without a label too").isEqualTo(3);
    assertThat(open().labelled("test").values().map(LabelledDigit::label).collect())
        .containsExactly(0);
  }

  @Test
  void describesItself() throws IOException {
    DatasetDescription description = open().description();
    assertThat(description.splits()).isEqualTo(COUNTS);
    assertThat(description.rows()).isEqualTo(4);
    assertThat(description.seed()).isEqualTo(9);
    assertThat(description.writtenBy()).matches("digit-recognizer \\d.*");
    assertThat(description.fingerprint()).matches("[0-9a-f]{64}");
    assertThat(open().count("train")).isEqualTo(3);
  }

  @Test
  void theFingerprintTellsContentsApart() {
    SourceFile source = new SourceFile("a", 1, "ff");
    String fingerprint = description(COUNTS, source).fingerprint();
    assertThat(description(COUNTS, new SourceFile("elsewhere", 1, "ff")).fingerprint())
        .isEqualTo(fingerprint);
    assertThat(description(COUNTS, new SourceFile("a", 1, "fe")).fingerprint())
        .isNotEqualTo(fingerprint);
    assertThat(description(Map.of("train", COUNTS.get("train")), source).fingerprint())
        .isNotEqualTo(fingerprint);
  }

  private static DatasetDescription description(
      Map<String, SplitCounts> splits, SourceFile source) {
    return new DatasetDescription(1, "", "", 1, 1, splits, List.of(source), List.of());
  }

  @Test
  void theDescriptionsLayoutIsFixed() throws IOException {
    assertThat(new ObjectMapper().readTree(dataset.resolve("_dataset.json").toFile()).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "format", "written", "writtenBy", "seed", "partitions", "splits", "sources", "files");
  }

  @Test
  void aSplitThatIsNotThere() throws IOException {
    DigitsDataset open = open();
    assertThatThrownBy(() -> open.rows("validation"))
        .isInstanceOf(UserException.class)
        .hasMessage(dataset + " has no split 'validation'; it has test, train");
  }

  @Test
  void missing() {
    dataset = directory.resolve("none");
    assertRefused("$ does not exist; expected a digits dataset as 'digits ingest' writes it");
  }

  @Test
  void aFile() {
    dataset = dataset.resolve("_dataset.json");
    assertRefused("$ is a file; expected the directory of a digits dataset");
  }

  @Test
  void someOtherParquet() {
    dataset = directory.resolve("other");
    spark.range(3).write().parquet(dataset.toString());
    assertRefused("$ is no digits dataset: it holds no _dataset.json; 'digits ingest' makes one");
  }

  @Test
  void halfWritten() throws IOException {
    Files.delete(dataset.resolve("_dataset.json"));
    Files.createFile(dataset.resolve("_unfinished"));
    assertRefused(
        "$ is a digits dataset that was never finished; run 'digits ingest --overwrite' again");
  }

  @Test
  void aDescriptionUnderItsFormerNameIsReadUntilTheDatasetIsReplaced() throws IOException {
    Files.delete(dataset.resolve("._dataset.json.crc"));
    Files.move(dataset.resolve("_dataset.json"), dataset.resolve("dataset.json"));
    Files.createFile(dataset.resolve("_common_metadata"));
    assertThat(open().rows("train").count()).isEqualTo(3);

    writer(dataset.toString()).requireWritable(true);
    write(dataset.toString());
    assertThat(open().rows("train").count()).isEqualTo(3);
    assertThat(dataset.resolve("_dataset.json")).exists();
    assertThat(dataset.resolve("dataset.json")).doesNotExist();
    assertThat(dataset.resolve("_common_metadata")).doesNotExist();
  }

  @Test
  void aDescriptionOfTheFormerNameThatIsDamaged() throws IOException {
    Files.delete(dataset.resolve("_dataset.json"));
    Files.writeString(dataset.resolve("dataset.json"), "{");
    assertRefused(
        "$/dataset.json is damaged or does not describe a digits dataset; run 'digits ingest'"
            + " again");
  }

  @Test
  void aDescriptionThatIsDamaged() throws IOException {
    for (String json : List.of("", "{", "[]", "{}", "{\"format\": 1}", "null")) {
      rewrite("_dataset.json", json);
      assertRefused(
          "$/_dataset.json is damaged or does not describe a digits dataset; run 'digits ingest'"
              + " again");
    }
  }

  @Test
  void anotherFormatIsRefusedAndNeverReplaced() throws IOException {
    String json = "{\"format\": 2, \"parts\": []}";
    rewrite("_dataset.json", json);
    String line =
        "$/_dataset.json has format 2, and this version knows 1 only; use the version that wrote"
            + " it, or choose another place";
    assertRefused(line);
    assertThatThrownBy(() -> writer(dataset.toUri().toString()).requireWritable(true))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(line.substring(1));
    assertThat(dataset.resolve("_dataset.json")).hasContent(json);
    assertThat(parquet("train")).exists();
    assertThat(dataset.resolve("_unfinished")).doesNotExist();
  }

  @Test
  void aDescriptionThatMayNotBeReadIsNotTakenForNone() throws IOException {
    LockedFileSystem.register(spark.sparkContext().hadoopConfiguration());
    dataset = directory.resolve("locked");
    org.apache.hadoop.fs.Path locked = LockedFileSystem.path(dataset);
    write(locked.toString());
    LockedFileSystem.lock("_dataset.json");
    String refusal =
        LockedFileSystem.refusal(new org.apache.hadoop.fs.Path(locked, "_dataset.json"));
    assertThatThrownBy(() -> DigitsDataset.open(spark, locked.toString()))
        .isInstanceOf(UserException.class)
        .hasMessage(refusal);
    assertThatThrownBy(() -> writer(locked.toString()).requireWritable(true))
        .isInstanceOf(UserException.class)
        .hasMessage(refusal);
    assertThat(dataset.resolve("_unfinished")).doesNotExist();
  }

  @Test
  void rowsThatMayNotBeReadAreNotCalledDamaged() throws IOException {
    LockedFileSystem.register(spark.sparkContext().hadoopConfiguration());
    org.apache.hadoop.fs.Path locked = LockedFileSystem.path(dataset);
    LockedFileSystem.lock(parquet("test").getFileName().toString());
    assertThatThrownBy(() -> DigitsDataset.open(spark, locked.toString()))
        .isNotInstanceOf(UserException.class)
        .extracting(ErrorLine::of)
        .isEqualTo(
            "the file system does not let it read or write (%s (Permission denied)); mend that or"
                    .formatted(parquet("test"))
                + " choose another place, and run it again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run[1]", "{a,b}", "what?", "*", "back\\slash", "[^1]{2}"})
  void aDirectoryWhoseNameIsAPattern(String name) throws IOException {
    Path pattern = directory.resolve(name);
    write(pattern.toString());
    DigitsDataset open = DigitsDataset.open(spark, pattern.toString());
    assertThat(open.rows("train").count()).isEqualTo(3);
    assertThat(open.rows().count()).isEqualTo(4);
    assertThat(open.labelled("test").values().map(LabelledDigit::label).collect())
        .containsExactly(0);
  }

  @Test
  void withoutDigits() throws IOException {
    rewrite(
        "_dataset.json",
        "{\"format\":1, \"splits\":{}, \"sources\":[], \"files\":[], \"later\":\"ignored\"}");
    assertRefused("$ is a digits dataset without digits");
  }

  @Test
  void aFileThatIsMissing() throws IOException {
    Files.delete(parquet("test"));
    assertRefusedWith(" is damaged: 1 of its 2 files are missing, split=test/part-");
  }

  @Test
  void aFileThatIsNoParquet() throws IOException {
    String name = dataset.relativize(parquet("test")).toString();
    rewrite(name, "This is no Parquet file, however long it may be.");
    assertRefusedWith(" is damaged: reading it failed with ", name, "is not a Parquet file");
  }

  @Test
  void otherColumns() throws IOException {
    StructType schema = new StructType().add("id", DataTypes.LongType);
    replaceParquet(schema, 1L);
    assertRefusedWith(
        " is damaged: expected columns [id bigint, label int, pixels binary, split string], found"
            + " [id bigint, split string]");
  }

  @Test
  void moreRowsThanPromised() throws IOException {
    String json = Files.readString(dataset.resolve("_dataset.json"));
    rewrite(
        "_dataset.json", json.replace("\"rows\" : 1,", "\"rows\" : 2,").replace("[ 1,", "[ 2,"));
    assertRefusedWith(" is damaged: its description promises ", "rows=2", "its files hold");
    assertThat(
            DigitsDataset.open(spark, dataset.toString(), DigitsDataset.Check.FILES).count("test"))
        .as("unless nobody asks")
        .isEqualTo(2);
  }

  @Test
  void aRowThatIsNoDigit() throws IOException {
    replaceParquet(
        new StructType()
            .add("id", DataTypes.LongType)
            .add("label", DataTypes.IntegerType)
            .add("pixels", DataTypes.BinaryType),
        0L,
        0,
        new byte[10]);
    DigitsDataset open = open();
    assertThatThrownBy(() -> open.labelled("test").values().map(LabelledDigit::label).collect())
        .hasRootCauseMessage("A digit image has 784 pixels, not 10")
        .cause()
        .isInstanceOf(UserException.class)
        .hasMessage(
            dataset + " holds a row that is no digit: A digit image has 784 pixels, not 10");
  }

  private Path parquet(String split) throws IOException {
    try (Stream<Path> files = Files.list(dataset.resolve("split=" + split))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  /** Puts a Parquet file of one row in place of that of the test split. */
  private void replaceParquet(StructType schema, Object... row) throws IOException {
    Path target = parquet("test");
    Path other = directory.resolve("other");
    spark
        .createDataFrame(List.of(RowFactory.create(row)), schema)
        .coalesce(1)
        .write()
        .parquet(other.toString());
    try (Stream<Path> files = Files.list(other)) {
      Path file =
          files.filter(path -> path.toString().endsWith(".parquet")).findFirst().orElseThrow();
      rewrite(dataset.relativize(target).toString(), Files.readAllBytes(file));
    }
  }

  private void rewrite(String name, String text) throws IOException {
    rewrite(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  // Hadoop's local file system keeps a sum beside each file.
  private void rewrite(String name, byte[] bytes) throws IOException {
    Path file = dataset.resolve(name);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.write(file, bytes);
  }
}
