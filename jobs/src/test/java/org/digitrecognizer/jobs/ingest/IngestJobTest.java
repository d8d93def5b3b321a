// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallMnist;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.dataset.DigitsDataset;
import org.digitrecognizer.mnist.IdxWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job by its command line, with good input and bad. */
class IngestJobTest {

  @TempDir private Path directory;
  private Path source;
  private Path output;

  @BeforeAll
  static void startSpark() {
    TestSpark.session();
  }

  @BeforeEach
  void writeMnist() {
    source = SmallMnist.write(directory.resolve("mnist"), 60, 20);
    output = directory.resolve("dataset");
  }

  private CommandRun ingest(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("ingest", "--source", source.toString(), "--output", output.toString()));
    args.addAll(Arrays.asList(more));
    return CommandRun.digits(args.toArray(String[]::new));
  }

  private void replace(String name, byte[] file) {
    IdxWriter.write(source.resolve(name), file);
  }

  private String failure() throws IOException {
    String line = ingest().failed();
    assertThat(output).as("nothing is written").doesNotExist();
    return line;
  }

  @Test
  void saysWhatItWrote() {
    assertThat(ingest("--partitions", "2").succeeded().out().lines())
        .containsExactly(
            "Checking the files in " + source,
            "Writing the dataset to " + output,
            "test: 20 digits, by class " + classes(SmallMnist.test(20)),
            "train: 60 digits, by class " + classes(SmallMnist.train(60)),
            "Wrote " + output + " in 4 files");
  }

  private static String classes(List<LabelledDigit> digits) {
    int[] classes = new int[10];
    digits.forEach(digit -> classes[digit.label()]++);
    return Arrays.toString(classes);
  }

  @Test
  void aDryRunChecksButWritesNothing() throws IOException {
    assertThat(ingest("--dry-run").succeeded().out())
        .contains("train: 60 digits", "Dry run: nothing was written to " + output);
    assertThat(output).doesNotExist();
    replace("t10k-labels-idx1-ubyte.gz", new byte[0]);
    assertThat(ingest("--dry-run").failed()).contains("is cut short");
  }

  @Test
  void refusesAnOutputThatExists() throws IOException {
    Files.createDirectories(output);
    ingest()
        .failedWith(
            "digits ingest: "
                + output
                + " exists already; choose another place or pass --overwrite to replace it");
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void overwriteReplacesADataset() throws IOException {
    ingest().succeeded();
    source = SmallMnist.write(directory.resolve("other"), 30, 10);
    ingest().failed();
    assertThat(count("train")).as("refused, so nothing has changed").isEqualTo(60);
    ingest("--overwrite").succeeded();
    assertThat(count("train")).isEqualTo(30);
    assertThat(TestSpark.session().read().parquet(output.toString()).where("split='test'").count())
        .isEqualTo(10);
  }

  @Test
  void overwriteWithBadInputLosesNothing() throws IOException {
    ingest().succeeded();
    replace("train-labels-idx1-ubyte.gz", new byte[] {1, 2, 3});
    ingest("--overwrite").failed();
    assertThat(count("train")).isEqualTo(60);
  }

  @Test
  void overwriteLeavesAloneWhatIsNoDataset() throws IOException {
    Path photo = output.resolve("holiday.jpg");
    IdxWriter.write(photo, new byte[9]);
    assertThat(ingest("--overwrite").failed()).contains("'holiday.jpg', which is no part of a");
    assertThat(photo).exists();
    Files.delete(photo);
    Path foreign = output.resolve("split=train/someone-elses.parquet");
    IdxWriter.write(foreign, new byte[9]);
    ingest("--overwrite")
        .failedWith(
            "digits ingest: "
                + output
                + " holds no _dataset.json, so it may be no digits dataset and --overwrite leaves"
                + " it alone; choose another place");
    assertThat(foreign).exists();
  }

  @Test
  void missingSource() throws IOException {
    source = directory.resolve("none");
    assertThat(failure())
        .isEqualTo(
            "digits ingest: " + source + " does not exist; expected the four MNIST files in it");
  }

  @Test
  void missingFile() throws IOException {
    Files.delete(source.resolve("t10k-labels-idx1-ubyte.gz"));
    assertThat(failure())
        .isEqualTo(
            "digits ingest: " + source + " holds no t10k-labels-idx1-ubyte, with or without .gz");
  }

  @Test
  void truncatedImages() throws IOException {
    byte[] file = Files.readAllBytes(source.resolve("train-images-idx3-ubyte.gz"));
    replace("train-images-idx3-ubyte.gz", Arrays.copyOf(file, file.length / 2));
    assertThat(failure())
        .startsWith("digits ingest: " + source + "/train-images-idx3-ubyte.gz is cut short:")
        .contains("expected 47056 bytes for 60 images, found ");
  }

  @Test
  void wrongMagic() throws IOException {
    replace("train-images-idx3-ubyte.gz", IdxWriter.labels(SmallMnist.train(60)));
    assertThat(failure())
        .endsWith(
            "train-images-idx3-ubyte.gz is no IDX file of images: expected magic number 0x00000803,"
                + " found 0x00000801");
  }

  @Test
  void countsThatDiffer() throws IOException {
    replace("t10k-labels-idx1-ubyte.gz", IdxWriter.labels(SmallMnist.test(19)));
    assertThat(failure())
        .contains("t10k-labels-idx1-ubyte.gz has 19 labels", "t10k-images-idx3-ubyte.gz has 20");
  }

  @Test
  void aLabelAboveNine() throws IOException {
    byte[] labels = IdxWriter.labels(SmallMnist.train(60));
    labels[8 + 59] = 10;
    replace("train-labels-idx1-ubyte.gz", labels);
    assertThat(failure())
        .endsWith("train-labels-idx1-ubyte.gz: expected labels from 0 to 9, found 10 at place 59");
  }

  @Test
  void noDigits() throws IOException {
    IdxWriter.writeMnist(source, List.of(), List.of());
    assertThat(failure()).endsWith("train-images-idx3-ubyte.gz holds no images");
  }

  @Test
  void optionsOutOfRange() {
    assertThat(ingest("--partitions", "0").refused())
        .isEqualTo(
            "digits ingest: Invalid value for option '--partitions': 0 (must be from 1 to 10000);"
                + " see digits ingest --help");
    assertThat(ingest("--partitions", "10001").refused()).contains("10001");
    assertThat(ingest("--seed", "x").refused()).contains("--seed", "'x' is not a long");
  }

  @Test
  void missingOptions() {
    assertThat(CommandRun.digits("ingest", "--source", "x").refused())
        .isEqualTo(
            "digits ingest: Missing required option: '--output=DIR'; see digits ingest --help");
    assertThat(CommandRun.digits("ingest", "--sorce", "x", "--output", "y").refused())
        .contains("Missing required option: '--source=DIR' (unknown: '--sorce')");
  }

  @Test
  void unknownKeyInTheDefaultsFile() throws IOException {
    Path file = Files.writeString(directory.resolve("my.properties"), "partition=3\n");
    assertThat(ingest("--defaults", file.toString()).refused())
        .contains("my.properties: unknown key 'partition'; did you mean 'partitions'?");
  }

  @Test
  void theShippedDefaultsAreValid() throws IOException {
    Path shipped = Path.of("../conf/ingest.properties");
    assertThat(ingest("--defaults", shipped.toString(), "--dry-run").succeeded().out())
        .contains("train: 60 digits");
  }

  @Test
  void helpShowsTheDefaultsOfTheFile() throws IOException {
    Path file = Files.writeString(directory.resolve("my.properties"), "seed=77\n");
    assertThat(CommandRun.digits("ingest", "--defaults", file.toString(), "--help").out())
        .contains("Default: 77");
  }

  @Test
  void helpShowsEveryDefault() {
    assertThat(CommandRun.digits("ingest", "--help").succeeded().out())
        .contains("--seed", "Default: 42", "--partitions", "Default: 8", "--overwrite");
  }

  @Test
  void aFailureLeavesNoTrace() throws IOException {
    replace("train-labels-idx1-ubyte.gz", new byte[0]);
    failure();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(source);
    }
  }

  private long count(String split) throws IOException {
    return DigitsDataset.open(TestSpark.session(), output.toString()).rows(split).count();
  }
}
