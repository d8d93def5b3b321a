// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.inference;

import java.util.List;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.PairReading;
import org.digitrecognizer.digit.Reading;

/**
 * The same ink as other hands would have written it, and the mean of what a network makes of all
 * (as Krizhevsky, Sutskever and Hinton, NIPS 2012, section 4.1, average over crops): it misreads
 * fewer.
 */
final class SecondLook {

  /** Chosen on drawn numbers and real amounts; more hands than two are hardly better. */
  static final List<OtherHand> HANDS =
      List.of(new OtherHand(0.1, 0.93, 0.97, 0.05), new OtherHand(-0.1, 1.07, 1.03, -0.05));

  private SecondLook() {}

  /** Returns the mean of what a network makes of an image; as a pair, too, if all are. */
  static Reading mean(List<Reading> looks) {
    float share = 1f / looks.size();
    float[] digits = new float[DigitImage.CLASSES];
    double oneDigit = 0;
    for (Reading look : looks) {
      add(digits, look.probabilities(), share);
      oneDigit += look.oneDigit() * share;
    }
    boolean pairs = looks.get(0).pair().isPresent();
    return Reading.of(digits, Math.min(1, oneDigit), pairs ? pair(looks) : null);
  }

  private static PairReading pair(List<Reading> looks) {
    float share = 1f / looks.size();
    float[] left = new float[DigitImage.CLASSES];
    float[] right = new float[DigitImage.CLASSES];
    double probability = 0;
    for (Reading look : looks) {
      PairReading pair = look.pair().orElseThrow();
      add(left, pair.left(), share);
      add(right, pair.right(), share);
      probability += pair.probability() * share;
    }
    return new PairReading(Math.min(1, probability), left, right);
  }

  private static void add(float[] sums, float[] probabilities, float share) {
    for (int digit = 0; digit < sums.length; digit++) {
      sums[digit] += share * probabilities[digit];
    }
  }
}
