// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of the jobs that read a dataset is told of one that they cannot use. */
class UnusableDatasetTest {

  @TempDir private static Path shared;

  @TempDir private Path directory;
  private Path dataset;

  @BeforeAll
  static void ingest() {
    TestSpark.session();
    Path source = SmallMnist.write(shared.resolve("mnist"), 20, 10);
    CommandRun.digits(
            "ingest", "--source", source.toString(), "--output", shared.resolve("good").toString())
        .succeeded();
  }

  @BeforeEach
  void chooseDataset() {
    dataset = directory.resolve("dataset");
  }

  private void copyGoodOne() throws IOException {
    FileUtils.copyDirectory(shared.resolve("good").toFile(), dataset.toFile());
  }

  /** Runs a job on the dataset, which must be refused before anything is written. */
  private void assertRefused(String job, String line) {
    Path output = directory.resolve("output");
    List<String> args = new ArrayList<>(List.of(job, "--data", dataset.toString()));
    args.addAll(
        job.equals("train")
            ? List.of("--model", output.toString())
            : List.of("--model", directory + "/model", "--output", output.toString()));
    CommandRun.digits(args.toArray(String[]::new))
        .failedWith("digits " + job + ": " + dataset + line);
    assertThat(output).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate"})
  void otherParquetFiles(String job) {
    TestSpark.session().range(3).write().parquet(dataset.toString());
    assertRefused(
        job, " is no digits dataset: it holds no _dataset.json; 'digits ingest' makes one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate"})
  void noDigits(String job) throws IOException {
    Files.createDirectory(dataset);
    Files.writeString(
        dataset.resolve("_dataset.json"),
        "{\"format\":1, \"splits\":{}, \"sources\":[], \"files\":[]}");
    assertRefused(job, " is a digits dataset without digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate"})
  void aFileThatIsMissing(String job) throws IOException {
    copyGoodOne();
    Path file = anyParquetFile();
    Files.delete(file);
    assertRefused(
        job,
        " is damaged: 1 of its %d files are missing, %s first; run 'digits ingest --overwrite'"
                .formatted(parquetFiles().size() + 1, dataset.relativize(file))
            + " again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate"})
  void aFileThatIsCutShort(String job) throws IOException {
    copyGoodOne();
    Path file = anyParquetFile();
    // Hadoop's local file system keeps a sum beside each file.
    Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.write(file, new byte[] {'P', 'A', 'R', '1'});
    assertRefused(
        job,
        " is damaged: reading it failed with file:%s is not a Parquet file (length is too low: 4);"
                .formatted(file)
            + " run 'digits ingest --overwrite' again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "evaluate"})
  void aDescriptionThatIsCutShort(String job) throws IOException {
    copyGoodOne();
    Files.delete(dataset.resolve("._dataset.json.crc"));
    Files.writeString(dataset.resolve("_dataset.json"), "{\"format\" : 1,");
    assertRefused(
        job,
        "/_dataset.json is damaged or does not describe a digits dataset; run 'digits ingest'"
            + " again");
  }

  private Path anyParquetFile() throws IOException {
    return parquetFiles().get(0);
  }

  private List<Path> parquetFiles() throws IOException {
    try (Stream<Path> files = Files.walk(dataset)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }
}
