// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads digits drawn as scans by their nearest neighbour among MNIST's training images, which minds
 * a shift or a blur far more than a network does, and compares that with the digits themselves.
 */
@Tag("slow")
class ScanAccuracyTest {

  private static final int NEIGHBOURS = 10_000;
  private static final int DIGITS = 2000;

  private static byte[][] neighbours;
  private static byte[] neighbourLabels;
  private static byte[][] digits;
  private static byte[] labels;

  /** How many of the digits themselves are read right. */
  private static int direct;

  private final ScanNormaliser normaliser = new ScanNormaliser();

  @BeforeAll
  static void readDigitsThemselves() {
    neighbours = Arrays.copyOf(MnistDigits.images("train"), NEIGHBOURS);
    neighbourLabels = MnistDigits.labels("train");
    digits = MnistDigits.images("t10k");
    labels = MnistDigits.labels("t10k");
    direct = 0;
    for (int i = 0; i < DIGITS; i++) {
      direct += nearest(digits[i]) == labels[i] ? 1 : 0;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 24, 32, 48, 100, 200})
  void readsScansAsWellAsTheDigitsThemselves(int size) {
    int scanned = 0;
    for (int i = 0; i < DIGITS; i++) {
      GreyImage scan = Drawing.scan(digits[i], size, i);
      Outcome<DigitImage> outcome =
          normaliser.normalise(i % 2 == 0 ? scan : Drawing.inverted(scan));
      if (outcome instanceof Outcome.Ok<DigitImage> ok) {
        scanned += nearest(ok.value().pixels()) == labels[i] ? 1 : 0;
      }
    }
    System.out.println(size + " px: " + scanned + " against " + direct + " of " + DIGITS);
    assertThat(scanned)
        .as("of %d, directly %d", DIGITS, direct)
        .isGreaterThan(direct - DIGITS / 100);
  }

  private static int nearest(byte[] image) {
    int best = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < neighbours.length; i++) {
      long distance = 0;
      byte[] neighbour = neighbours[i];
      for (int j = 0; j < image.length && distance < least; j += 28) {
        int row = 0;
        for (int k = j; k < j + 28; k++) {
          int difference = (image[k] & 0xff) - (neighbour[k] & 0xff);
          row += difference * difference;
        }
        distance += row;
      }
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return neighbourLabels[best];
  }
}
