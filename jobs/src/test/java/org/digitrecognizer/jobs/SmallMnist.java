// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.mnist.IdxWriter;

/** The first digits of the real MNIST, read with plain Java as an oracle. */
public final class SmallMnist {

  /** Where the four packed files are. */
  public static final Path MNIST = Path.of("../data/mnist").toAbsolutePath().normalize();

  private SmallMnist() {}

  /** Returns the first digits of the training split. */
  public static List<LabelledDigit> train(int count) {
    return digits("train", count);
  }

  /** Returns the first digits of the test split. */
  public static List<LabelledDigit> test(int count) {
    return digits("t10k", count);
  }

  /** Writes a small MNIST to a directory and returns the directory. */
  public static Path write(Path directory, int train, int test) {
    IdxWriter.writeMnist(directory, train(train), test(test));
    return directory;
  }

  private static List<LabelledDigit> digits(String prefix, int count) {
    byte[] images = unpack(prefix + "-images-idx3-ubyte.gz", 16 + 784 * count);
    byte[] labels = unpack(prefix + "-labels-idx1-ubyte.gz", 8 + count);
    List<LabelledDigit> digits = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] pixels = Arrays.copyOfRange(images, 16 + 784 * i, 16 + 784 * (i + 1));
      digits.add(new LabelledDigit(DigitImage.of(pixels), labels[8 + i]));
    }
    return digits;
  }

  private static byte[] unpack(String name, int bytes) {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(MNIST.resolve(name)))) {
      return in.readNBytes(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
