// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.number.NumberReading;

/**
 * Which readings are kept as pictures while scans are read: those that a person may have to look
 * at. The threshold is not known before all is read; where it is chosen by calibrated confidence,
 * no reading below it is missing.
 *
 * @param below a confidence, 0..1; every reading that is less sure is kept
 */
public record Pictured(double below) implements Serializable {

  /** The thresholds that are tried stand so close that none falls between this and the target. */
  private static final double FINENESS = 0.99;

  /** Labels may show that confidence promises too much: a surer threshold must have pictures. */
  private static final double LABELS_SURER = 0.1;

  /**
   * Returns what is kept.
   *
   * @param targetError the error rate that what stands without a person may have, 0..1
   * @param labels whether a fair sample of true digits chooses the threshold
   */
  public static Pictured of(double targetError, boolean labels) {
    double doubt = targetError * FINENESS * (labels ? LABELS_SURER : 1);
    // With no error allowed every reading goes to a person.
    return new Pictured(targetError == 0 ? Double.MAX_VALUE : 1 - doubt);
  }

  /** Whether a number's picture is kept: it may go to a person, or is known to be wrong. */
  public boolean keeps(NumberReading number, Optional<String> truth) {
    return number.number() == null
        || number.confidence() < below
        || (truth.isPresent() && !truth.get().equals(number.number()));
  }

  /** Whether a reading's picture is kept: it may go to a person, or is known to be wrong. */
  public boolean keeps(Reading reading, OptionalInt truth) {
    return reading.confidence() < below
        || (truth.isPresent() && truth.getAsInt() != reading.digit());
  }
}
