// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.digitrecognizer.failure.LockedFileSystem;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

class ModelDirectoryTest {

  private static final String TRAP_PROPERTY = "model.directory.test.trap";
  private static final String HISTORY = "{\"epoch\":1}\n";
  private static final MultiLayerNetwork NETWORK = network();

  @TempDir private Path temporary;
  private Path directory;

  @BeforeEach
  void write() throws IOException {
    directory = temporary.resolve("model");
    ModelWriter writer = new ModelWriter(hadoop(directory), new Configuration());
    writer.network(NETWORK);
    writer.file(ModelDirectory.HISTORY, out -> out.write(HISTORY.getBytes(StandardCharsets.UTF_8)));
    writer.file(ModelDirectory.REPORT, out -> out.write('x'));
    writer.finish(description());
  }

  @Test
  void comesBackAsItWasWritten() throws IOException {
    Model model = open();

    assertThat(model.network().params()).isEqualTo(NETWORK.params());
    assertThat(model.network().getUpdater().getStateViewArray())
        .isEqualTo(NETWORK.getUpdater().getStateViewArray());
    assertThat(model.description().calibration()).isEqualTo(new Calibration(1.25, 6000));
    assertThat(model.description().files().keySet())
        .containsExactlyInAnyOrder("network.zip", "history.jsonl", "report/index.html");
    assertThat(model.sha256())
        .isEqualTo(DigestUtils.sha256Hex(Files.readAllBytes(directory.resolve("model.json"))));
  }

  @Test
  void holdsANetworkThatPlainDeeplearning4jOpens() throws IOException {
    MultiLayerNetwork plain =
        ModelSerializer.restoreMultiLayerNetwork(directory.resolve("network.zip").toFile(), true);
    assertThat(plain.params()).isEqualTo(NETWORK.params());
    assertThat(plain.getLayerWiseConfigurations().toJson()).doesNotContain("org.digitrecognizer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"network.zip", "history.jsonl", "report/index.html"})
  void aChangedByteIsNoticed(String name) throws IOException {
    Path file = directory.resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessage(
            "file:%s is damaged: its checksum does not match; copy the model again or train it"
                + " again",
            file);

    forgetChecksum(file);
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("file:" + file)
        .hasMessageContaining("is damaged: its SHA-256 is")
        .hasMessageEndingWith("copy the model again or train it again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../other/network.zip", "/dev/zero", "file:/etc/passwd", "notes.txt"})
  void noOtherFileIsRead(String name) throws IOException {
    Path json = directory.resolve("model.json");
    Files.writeString(json, Files.readString(json).replace("history.jsonl", name));
    forgetChecksum(json);

    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("file:" + directory)
        .hasMessageEndingWith(
            "/model.json lists '%s', which is no file of a model; take a model that 'digits train'"
                + " wrote",
            name);
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(directory.resolve("history.jsonl"));
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("history.jsonl is missing, though model.json lists it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.json", "network.zip"})
  void aFileThatMayNotBeReadIsNotCalledMissing(String name) {
    Configuration conf = new Configuration();
    LockedFileSystem.register(conf);
    LockedFileSystem.lock(name);
    org.apache.hadoop.fs.Path locked = LockedFileSystem.path(directory);
    assertThatThrownBy(() -> ModelDirectory.open(locked, conf, null))
        .isInstanceOf(UserException.class)
        .hasMessage(LockedFileSystem.refusal(new org.apache.hadoop.fs.Path(locked, name)));
  }

  @Test
  void withoutModelJsonItIsNoModel() throws IOException {
    Files.delete(directory.resolve("model.json"));
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is no model: it has no model.json");
  }

  @Test
  void aDirectoryThatDoesNotExistIsNamed() {
    directory = temporary.resolve("nowhere");
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nowhere does not exist");
  }

  @Test
  void aModelJsonThatIsNoJsonIsDamaged() throws IOException {
    Files.writeString(directory.resolve("model.json"), "{\"formatVersion\": 1,");
    forgetChecksum(directory.resolve("model.json"));
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("model.json is damaged");
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    Path json = directory.resolve("model.json");
    Files.writeString(
        json, Files.readString(json).replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));
    forgetChecksum(json);
    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("has the format version 2; this program reads 1");
  }

  @Test
  void anotherSumThanTheExpectedIsRefused() {
    assertThatThrownBy(() -> ModelDirectory.open(hadoop(directory), new Configuration(), "00ff"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not 00ff as --model-sha256 says");
  }

  @Test
  void movesAsAWholeOverAnOldModel() throws IOException {
    Path target = temporary.resolve("target");
    Files.createDirectories(target);
    Files.writeString(target.resolve("model.json"), "old");
    FileSystem fileSystem = FileSystem.getLocal(new Configuration());

    ModelDirectory.move(fileSystem, hadoop(directory), hadoop(target));

    assertThat(ModelDirectory.open(hadoop(target), new Configuration(), null).network().params())
        .isEqualTo(NETWORK.params());
    assertThat(directory).doesNotExist();
  }

  @Test
  void javaObjectsInTheZipAreRefusedUnread() throws IOException {
    byte[] bytes =
        rewritten(
            (name, content) -> content,
            "preprocessor.bin",
            serialized("a string that would have been deserialised"));
    assertThatThrownBy(() -> NetworkFile.read(new ByteArrayInputStream(bytes), "evil.zip"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("evil.zip is no digit network: it holds 'preprocessor.bin'");
  }

  @Test
  void aClassThatIsNotKnownIsRefusedAndNotLoaded() throws IOException {
    byte[] bytes =
        rewritten(
            (name, content) ->
                name.equals("configuration.json")
                    ? new String(content, StandardCharsets.UTF_8)
                        .replace(
                            "org.nd4j.linalg.activations.impl.ActivationReLU", Trap.class.getName())
                        .getBytes(StandardCharsets.UTF_8)
                    : content,
            null,
            null);
    assertThatThrownBy(() -> NetworkFile.read(new ByteArrayInputStream(bytes), "evil.zip"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("its configuration names the class " + Trap.class.getName());
    assertThat(System.getProperty(TRAP_PROPERTY)).isNull();
  }

  /** Hadoop's local file system keeps a checksum beside each file; others, and a copy, do not. */
  private static void forgetChecksum(Path file) throws IOException {
    Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  /** A class that must never be initialised by name. */
  static final class Trap {
    static {
      System.setProperty(TRAP_PROPERTY, "sprung");
    }
  }

  private interface Rewrite {
    byte[] apply(String name, byte[] content);
  }

  private static byte[] rewritten(Rewrite rewrite, String extraName, byte[] extra)
      throws IOException {
    ByteArrayOutputStream good = new ByteArrayOutputStream();
    NetworkFile.write(NETWORK, good);
    ByteArrayOutputStream bad = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(good.toByteArray()));
        ZipOutputStream out = new ZipOutputStream(bad)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(rewrite.apply(entry.getName(), in.readAllBytes()));
      }
      if (extraName != null) {
        out.putNextEntry(new ZipEntry(extraName));
        out.write(extra);
      }
    }
    return bad.toByteArray();
  }

  private static byte[] serialized(Object object) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private Model open() throws IOException {
    return ModelDirectory.open(hadoop(directory), new Configuration(), null);
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork stock =
        new MultiLayerNetwork(DigitNetwork.configuration(DigitNetwork.Options.keras(7)));
    stock.init();
    stock.getUpdater().getStateViewArray().assign(Nd4j.rand(new long[] {1, 2 * stock.numParams()}));
    return stock;
  }

  private static ModelDescription description() {
    return new ModelDescription(
        ModelDescription.FORMAT_VERSION,
        "2026-01-01T00:00:00Z",
        "test",
        new ModelDescription.Shape(List.of(28, 28, 1), List.of("a layer"), NETWORK.numParams()),
        Map.of("seed", 7),
        new ModelDescription.Data("file:/data", "abc", 54000, 6000),
        Map.of("loss", 0.1),
        new Calibration(1.25, 6000),
        null,
        Map.of("java", "17"),
        Map.of());
  }
}
