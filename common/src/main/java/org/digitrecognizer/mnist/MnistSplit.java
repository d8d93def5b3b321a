// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.mnist;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.failure.UserException;

/**
 * The two files of one split.
 *
 * @param name {@code train} or {@code test}
 * @param images an IDX file of images, gzip or not
 * @param labels an IDX file of as many labels, gzip or not
 */
public record MnistSplit(String name, Path images, Path labels) implements Serializable {

  /**
   * Reads both files from end to end, without keeping them, and checks everything there is to
   * check.
   *
   * @throws UserException if anything about them is wrong, or there is no digit in them
   * @throws IOException if the file system fails
   */
  public MnistContent check(Configuration conf) throws IOException {
    long[] classes = new long[DigitImage.CLASSES];
    try (LabelledDigits digits = LabelledDigits.openWithSums(this, conf)) {
      if (digits.count() == 0) {
        throw new UserException(images + " holds no images");
      }
      digits.forEachRemaining(digit -> classes[digit.label()]++);
      digits.images().requireEnd();
      digits.labels().requireEnd();
      return new MnistContent(
          classes,
          List.of(
              sourceFile(images, digits.images(), conf),
              sourceFile(labels, digits.labels(), conf)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static SourceFile sourceFile(Path path, IdxInput input, Configuration conf)
      throws IOException {
    long bytes = path.getFileSystem(conf).getFileStatus(path).getLen();
    return new SourceFile(path.toString(), bytes, input.sha256());
  }

  /**
   * Opens the digits {@code from} (inclusive) to {@code to} (exclusive), or to the last one there
   * is. A gzip file is unpacked from its start to get there.
   *
   * @param from counts from 0
   * @throws UserException if the files are missing or no such files, here or while reading on
   */
  public LabelledDigits read(long from, long to, Configuration conf) throws IOException {
    LabelledDigits digits = LabelledDigits.open(this, conf);
    try {
      return digits.range(from, to);
    } catch (IOException | RuntimeException e) {
      digits.close();
      throw e;
    }
  }
}
