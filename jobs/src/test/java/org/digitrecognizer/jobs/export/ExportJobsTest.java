// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import onnx.Onnx;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.keras.KerasImport;
import org.digitrecognizer.model.ModelDirectory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The two jobs that write one file of a model, by their command lines. */
class ExportJobsTest {

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    TestSpark.session();
  }

  @Test
  void theKerasFileHoldsTheModelsNetwork() throws IOException {
    Path file = directory.resolve("digits.h5");
    CommandRun run = export("export-keras", file).succeeded();
    assertThat(run.out()).endsWith("Keras model in " + file + "\n");
    byte[] bytes = Files.readAllBytes(file);
    assertThat(KerasImport.read(new ByteArrayInputStream(bytes), "digits.h5").network().params())
        .isEqualTo(open(SmallModel.trained()));
    assertOnlyFile(file);
  }

  @Test
  void theOnnxFileSaysTheModelsTemperature() throws IOException {
    Path file = directory.resolve("digits.onnx");
    CommandRun run = export("export-onnx", file).succeeded();
    assertThat(run.out()).endsWith("ONNX model in " + file + "\n");
    Onnx.ModelProto model = Onnx.ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(model.getMetadataProps(0).getKey()).isEqualTo("calibration.temperature");
    assertThat(model.getMetadataProps(0).getValue()).isEqualTo("1.5");
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(13);
    assertOnlyFile(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"export-keras", "export-onnx"})
  void aFileThatExistsIsReplacedOnlyWhenAsked(String job) throws IOException {
    Path file = directory.resolve("model");
    Files.writeString(file, "old");
    export(job, file)
        .failedWith(
            "digits "
                + job
                + ": "
                + file
                + " exists already; choose another place or pass --overwrite to replace it");
    assertThat(file).hasContent("old");
    export(job, file, "--overwrite").succeeded();
    assertThat(Files.size(file)).isGreaterThan(500_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"export-keras", "export-onnx"})
  void aDirectoryIsNeverReplaced(String job) {
    export(job, directory, "--overwrite")
        .failedWith(
            "digits "
                + job
                + ": "
                + directory
                + " is a directory; name the file to write, such as one in it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"export-keras", "export-onnx"})
  void aModelThatIsNoneOrAnotherIsNamed(String job) {
    Path nowhere = directory.resolve("nowhere");
    CommandRun.digits(job, "--model", nowhere.toString(), "--output", directory + "/out")
        .failedWith(
            "digits "
                + job
                + ": "
                + nowhere
                + " does not exist; expected a model directory that 'digits train' wrote");
    assertThat(export(job, directory.resolve("out"), "--model-sha256", "abc").failed())
        .contains("has the SHA-256")
        .contains("not abc as --model-sha256 says");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  private static CommandRun export(String job, Path file, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(job, "--model", SmallModel.trained().toString(), "--output", file.toString()));
    args.addAll(List.of(more));
    return CommandRun.digits(args.toArray(String[]::new));
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  private static INDArray open(Path model) throws IOException {
    return ModelDirectory.open(hadoop(model), new Configuration(), null).network().params();
  }

  /** The checksum file is of Hadoop's local file system. */
  private void assertOnlyFile(Path file) {
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder(
            file.getFileName().toString(), "." + file.getFileName() + ".crc");
  }
}
