// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.Test;

class OneDigitTest {

  private static final float[] SEVEN = {0, 0, 0, 0, 0, 0, 0, 1, 0, 0};

  @Test
  void whatTheNetworkSeesNoDigitInIsRejectedAndSaysHowSureThatIs() {
    assertThat(OneDigit.rejection(Reading.of(SEVEN, 0.0123)))
        .contains(
            new Rejection(
                Reason.MULTIPLE_DIGITS,
                "The network sees several digits, a part of one, or none (one digit: 0.012"
                    + " probable)"));
  }

  @Test
  void aDoubtfulDigitIsAReadingWithLittleConfidence() {
    Reading doubtful = Reading.of(SEVEN, OneDigit.LEAST);
    assertThat(OneDigit.rejection(doubtful)).isEmpty();
    assertThat(doubtful.confidence()).isEqualTo(OneDigit.LEAST);
  }

  @Test
  void aNetworkThatDoesNotSayLetsAllPass() {
    assertThat(OneDigit.rejection(Reading.of(SEVEN))).isEmpty();
  }
}
