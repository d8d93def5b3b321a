// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.mnist;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.digitrecognizer.digit.LabelledDigit;

/** Writes IDX files for tests, sound ones and, through the parameters, damaged ones. */
public final class IdxWriter {

  private IdxWriter() {}

  /** Writes the four files of MNIST, packed, under LeCun's names. */
  public static void writeMnist(
      Path directory, List<LabelledDigit> train, List<LabelledDigit> test) {
    write(directory.resolve("train-images-idx3-ubyte.gz"), gzip(images(train)));
    write(directory.resolve("train-labels-idx1-ubyte.gz"), gzip(labels(train)));
    write(directory.resolve("t10k-images-idx3-ubyte.gz"), gzip(images(test)));
    write(directory.resolve("t10k-labels-idx1-ubyte.gz"), gzip(labels(test)));
  }

  /** Returns an IDX file of images. */
  public static byte[] images(List<LabelledDigit> digits) {
    byte[] pixels = new byte[digits.size() * 784];
    for (int i = 0; i < digits.size(); i++) {
      System.arraycopy(digits.get(i).image().pixels(), 0, pixels, i * 784, 784);
    }
    return idx(0x803, new int[] {digits.size(), 28, 28}, pixels);
  }

  /** Returns an IDX file of labels. */
  public static byte[] labels(List<LabelledDigit> digits) {
    byte[] labels = new byte[digits.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) digits.get(i).label();
    }
    return idx(0x801, new int[] {labels.length}, labels);
  }

  /** Returns a file of any magic number, dimensions and elements, whether they fit or not. */
  public static byte[] idx(int magic, int[] dimensions, byte[] elements) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(magic);
      for (int dimension : dimensions) {
        out.writeInt(dimension);
      }
      out.write(elements);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Packs a file. */
  public static byte[] gzip(byte[] file) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes a file and the directories above it. */
  public static void write(Path path, byte[] file) {
    try {
      Files.createDirectories(path.getParent());
      Files.write(path, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
