// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The digits of data/mnist, read without the code that they test. */
public final class MnistDigits {

  private MnistDigits() {}

  /** Returns images of 784 bytes, 0 = paper and 255 = ink; of "train" or "t10k". */
  public static byte[][] images(String set) {
    try (DataInputStream in = open(set + "-images-idx3-ubyte.gz")) {
      in.readInt();
      byte[][] images = new byte[in.readInt()][784];
      in.readLong();
      for (byte[] image : images) {
        in.readFully(image);
      }
      return images;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the true digits of "train" or "t10k". */
  public static byte[] labels(String set) {
    try (DataInputStream in = open(set + "-labels-idx1-ubyte.gz")) {
      in.readLong();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static DataInputStream open(String name) throws IOException {
    InputStream file = Files.newInputStream(Path.of("..", "data", "mnist", name));
    return new DataInputStream(new GZIPInputStream(file, 1 << 16));
  }
}
