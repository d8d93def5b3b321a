// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.mnist;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.failure.UserException;

/**
 * Digits of one split in the order of the files, read as they are asked for. Whoever opened it
 * closes it.
 */
public final class LabelledDigits implements Iterator<LabelledDigit>, Closeable {

  private final MnistSplit split;
  private final IdxInput images;
  private final IdxInput labels;
  private final byte[] image = new byte[DigitImage.SIZE];
  private final byte[] label = new byte[1];
  private long next;
  private long end;

  private LabelledDigits(MnistSplit split, IdxInput images, IdxInput labels) {
    this.split = split;
    this.images = images;
    this.labels = labels;
    this.end = images.count();
  }

  static LabelledDigits open(MnistSplit split, Configuration conf) throws IOException {
    return open(
        split,
        IdxInput.open(split.images(), IdxKind.IMAGES, conf),
        () -> IdxInput.open(split.labels(), IdxKind.LABELS, conf));
  }

  static LabelledDigits openWithSums(MnistSplit split, Configuration conf) throws IOException {
    return open(
        split,
        IdxInput.openWithSum(split.images(), IdxKind.IMAGES, conf),
        () -> IdxInput.openWithSum(split.labels(), IdxKind.LABELS, conf));
  }

  private interface Opener {
    IdxInput open() throws IOException;
  }

  private static LabelledDigits open(MnistSplit split, IdxInput images, Opener opener)
      throws IOException {
    try {
      LabelledDigits digits = new LabelledDigits(split, images, opener.open());
      digits.requireSameCount();
      return digits;
    } catch (IOException | RuntimeException e) {
      images.close();
      throw e;
    }
  }

  private void requireSameCount() throws IOException {
    if (images.count() != labels.count()) {
      labels.close();
      throw new UserException(
          String.format(
              "%s has %d labels, but %s has %d images; the files do not belong together",
              split.labels(), labels.count(), split.images(), images.count()));
    }
  }

  /** Returns how many digits the whole split has. */
  public long count() {
    return images.count();
  }

  /** Limits what follows to the digits {@code from} (inclusive) to {@code to} (exclusive). */
  LabelledDigits range(long from, long to) throws IOException {
    images.skip(from);
    labels.skip(from);
    next = from;
    end = Math.min(to, count());
    return this;
  }

  @Override
  public boolean hasNext() {
    return next < end;
  }

  @Override
  public LabelledDigit next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      images.read(image);
      labels.read(label);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int digit = Byte.toUnsignedInt(label[0]);
    if (digit >= DigitImage.CLASSES) {
      throw new UserException(
          String.format(
              "%s: expected labels from 0 to 9, found %d at place %d",
              split.labels(), digit, next));
    }
    next++;
    return new LabelledDigit(DigitImage.of(image), digit);
  }

  IdxInput images() {
    return images;
  }

  IdxInput labels() {
    return labels;
  }

  @Override
  public void close() throws IOException {
    try (labels) {
      images.close();
    }
  }
}
