// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.failure.LockedFileSystem;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the real MNIST. The oracle is plain Java: the file unpacked whole, indexed by hand. */
class MnistFilesTest {

  private static final Path MNIST = Path.of("../data/mnist").toAbsolutePath().normalize();
  private static final Configuration CONF = new Configuration();

  @TempDir private Path directory;

  private static MnistFiles find(Path path) throws IOException {
    return MnistFiles.find(new org.apache.hadoop.fs.Path(path.toUri()), CONF);
  }

  private static byte[] unpacked(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(MNIST.resolve(name)))) {
      return in.readAllBytes();
    }
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void theCommittedFilesAreMnist() throws Exception {
    List<String> sums = Files.readAllLines(MNIST.resolve("SHA256SUMS"));
    assertThat(sums).hasSize(4);
    for (String line : sums) {
      String[] sumAndName = line.split(" +", 2);
      assertThat(sha256(unpacked(sumAndName[1] + ".gz")))
          .as(sumAndName[1])
          .isEqualTo(sumAndName[0]);
    }
  }

  @Test
  void readsEveryTestDigit() throws IOException {
    byte[] images = unpacked("t10k-images-idx3-ubyte.gz");
    byte[] labels = unpacked("t10k-labels-idx1-ubyte.gz");
    int i = 0;
    try (LabelledDigits digits = find(MNIST).test().read(0, Long.MAX_VALUE, CONF)) {
      assertThat(digits.count()).isEqualTo(10_000);
      for (; digits.hasNext(); i++) {
        LabelledDigit digit = digits.next();
        assertThat(digit.label()).isEqualTo(labels[8 + i]);
        assertThat(digit.image().pixels())
            .isEqualTo(java.util.Arrays.copyOfRange(images, 16 + 784 * i, 16 + 784 * (i + 1)));
      }
    }
    assertThat(i).isEqualTo(10_000);
  }

  @Test
  void aRangeIsAPartOfTheWhole() throws IOException {
    MnistSplit test = find(MNIST).test();
    List<LabelledDigit> whole = all(test.read(0, 1000, CONF));
    assertThat(all(test.read(250, 750, CONF))).isEqualTo(whole.subList(250, 750));
    assertThat(all(test.read(9_990, 20_000, CONF))).hasSize(10);
    assertThat(all(test.read(10_000, 20_000, CONF))).isEmpty();
  }

  @Test
  void countsAndSumsBothSplits() throws Exception {
    MnistFiles files = find(MNIST);
    MnistContent train = files.train().check(CONF);
    assertThat(train.count()).isEqualTo(60_000);
    // Counts by class as published for MNIST.
    assertThat(train.classes())
        .containsExactly(5923L, 6742L, 5958L, 6131L, 5842L, 5421L, 5918L, 6265L, 5851L, 5949L);
    assertThat(files.test().check(CONF).classes())
        .containsExactly(980L, 1135L, 1032L, 1010L, 982L, 892L, 958L, 1028L, 974L, 1009L);
    assertThat(train.sources())
        .extracting(SourceFile::sha256)
        .containsExactly(
            sha256(Files.readAllBytes(MNIST.resolve("train-images-idx3-ubyte.gz"))),
            sha256(Files.readAllBytes(MNIST.resolve("train-labels-idx1-ubyte.gz"))));
    assertThat(train.sources().get(0).bytes())
        .isEqualTo(Files.size(MNIST.resolve("train-images-idx3-ubyte.gz")));
  }

  @Test
  void readsUnpackedFilesUnderEitherSpelling() throws IOException {
    List<LabelledDigit> digits = all(find(MNIST).test().read(0, 20, CONF));
    IdxWriter.write(directory.resolve("train-images.idx3-ubyte"), IdxWriter.images(digits));
    IdxWriter.write(directory.resolve("train-labels-idx1-ubyte"), IdxWriter.labels(digits));
    IdxWriter.write(directory.resolve("t10k-images.idx3-ubyte.gz"), IdxWriter.images(digits));
    IdxWriter.write(
        directory.resolve("t10k-labels.idx1-ubyte"), IdxWriter.gzip(IdxWriter.labels(digits)));
    MnistFiles files = find(directory);
    assertThat(files.train().check(CONF).count()).isEqualTo(20);
    assertThat(all(files.train().read(0, 20, CONF))).isEqualTo(digits);
    assertThat(all(files.test().read(5, 15, CONF)))
        .as("packed or not goes by content, not by name")
        .isEqualTo(digits.subList(5, 15));
  }

  @Test
  void namesWhatIsMissing() {
    Path none = directory.resolve("none");
    assertThatThrownBy(() -> find(none))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("none does not exist; expected the four MNIST files in it");
    IdxWriter.write(directory.resolve("train-images-idx3-ubyte"), new byte[0]);
    assertThatThrownBy(() -> find(directory))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(" holds no train-labels-idx1-ubyte, with or without .gz");
  }

  @Test
  void aFileThatMayNotBeReadIsNotCalledMissing() throws IOException {
    Configuration conf = new Configuration();
    LockedFileSystem.register(conf);
    LockedFileSystem.lock("t10k-labels-idx1-ubyte.gz");
    MnistSplit test = MnistFiles.find(LockedFileSystem.path(MNIST), conf).test();
    assertThatThrownBy(() -> test.check(conf))
        .isInstanceOf(UserException.class)
        .hasMessage(
            LockedFileSystem.refusal(
                LockedFileSystem.path(MNIST.resolve("t10k-labels-idx1-ubyte.gz"))));
  }

  private static List<LabelledDigit> all(LabelledDigits digits) throws IOException {
    try (digits) {
      List<LabelledDigit> list = new ArrayList<>();
      digits.forEachRemaining(list::add);
      return list;
    }
  }
}
