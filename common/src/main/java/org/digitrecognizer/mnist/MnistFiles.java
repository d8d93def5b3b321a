// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.mnist;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.failure.UserException;

/**
 * The four files of MNIST in a directory, by the names that LeCun gave them ({@code
 * train-images-idx3-ubyte}, or {@code train-images.idx3-ubyte} as some unpack them), with or
 * without {@code .gz}.
 *
 * @param train the training split
 * @param test the test split, called {@code t10k} in the file names
 */
public record MnistFiles(MnistSplit train, MnistSplit test) {

  /**
   * Finds the files. Where there is one both packed and unpacked, the unpacked one is taken.
   *
   * @throws UserException if the directory or one of the four is missing
   */
  public static MnistFiles find(Path directory, Configuration conf) throws IOException {
    FileSystem fs = directory.getFileSystem(conf);
    if (!fs.exists(directory)) {
      throw new UserException(directory + " does not exist; expected the four MNIST files in it");
    }
    return new MnistFiles(split(fs, directory, "train"), split(fs, directory, "test"));
  }

  private static MnistSplit split(FileSystem fs, Path directory, String name) throws IOException {
    String prefix = name.equals("test") ? "t10k" : name;
    return new MnistSplit(
        name,
        file(fs, directory, prefix + "-images", "idx3-ubyte"),
        file(fs, directory, prefix + "-labels", "idx1-ubyte"));
  }

  private static Path file(FileSystem fs, Path directory, String stem, String type)
      throws IOException {
    for (String separator : List.of("-", ".")) {
      for (String packed : List.of("", ".gz")) {
        Path path = new Path(directory, stem + separator + type + packed);
        if (fs.exists(path)) {
          return path;
        }
      }
    }
    throw new UserException(
        String.format("%s holds no %s-%s, with or without .gz", directory, stem, type));
  }

  /** Returns both splits, training first. */
  public List<MnistSplit> splits() {
    return List.of(train, test);
  }
}
