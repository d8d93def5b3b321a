// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.digitrecognizer.digit.DigitImage;

/** Digits to measure networks with: the first 512 images of MNIST's training split. */
final class KnownDigits {

  private static final String RESOURCE = "mnist-512.gz";

  private KnownDigits() {}

  /** Returns all of them, an even number of batches. */
  static List<DigitImage> all() {
    try (InputStream packed = KnownDigits.class.getResourceAsStream(RESOURCE);
        InputStream digits = new GZIPInputStream(packed)) {
      byte[] pixels = digits.readAllBytes();
      return IntStream.iterate(0, at -> at < pixels.length, at -> at + DigitImage.SIZE)
          .mapToObj(at -> DigitImage.of(Arrays.copyOfRange(pixels, at, at + DigitImage.SIZE)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The program's own " + RESOURCE + " is damaged", e);
    }
  }
}
