// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.util.Locale;
import java.util.Optional;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;

/** Whether what was cut out of a scan is one digit at all, as the network sees it. */
public final class OneDigit {

  /**
   * Below this probability an image is rejected. It is far below what single digits come to, so
   * that a badly written one goes to a person as a reading with little confidence.
   */
  static final double LEAST = 0.05;

  private OneDigit() {}

  /** Returns why a reading does not stand; empty if it does. */
  public static Optional<Rejection> rejection(Reading reading) {
    return reading.oneDigit() >= LEAST
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                Reason.MULTIPLE_DIGITS,
                String.format(
                    Locale.ROOT,
                    "The network sees several digits, a part of one, or none (one digit: %.3f"
                        + " probable)",
                    reading.oneDigit())));
  }
}
