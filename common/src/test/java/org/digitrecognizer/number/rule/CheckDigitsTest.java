// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckDigitsTest {

  /** Each from where the scheme or a number under it is published. */
  @ParameterizedTest
  @CsvSource({
    // The example of US patent 2,950,048 and of ISO/IEC 7812-1; a test number of card schemes.
    "luhn, 79927398713",
    "luhn, 17893729974",
    "luhn, 4111111111111111",
    // GS1 General Specifications: GTIN-13, GTIN-8, GTIN-12, SSCC.
    "ean, 6291041500213",
    "ean, 40170725",
    "ean, 614141000036",
    "ean, 4006381333931",
    // ISO/IEC 7064: the standard's example 0794 and ORCID's sample iDs.
    "mod11-2, 07940",
    "mod11-2, 0000000218250097",
    "mod11-2, 0000000151093700",
    // ISO/IEC 7064: the standard's example 794; the IBAN of ISO 13616 GB82 WEST 1234 5698 7654 32.
    "mod97-10, 79444",
    "mod97-10, 3214282912345698765432161182",
    // Wagner and Putter, Error Detecting Decimal Digits, CACM 32(1), 1989; Kirtland 2001.
    "verhoeff, 2363",
    "verhoeff, 123451",
    "verhoeff, 1234567890120",
    // Damm's thesis, as the Wikipedia page on his algorithm repeats it.
    "damm, 5724",
  })
  void allowsPublishedNumbersAndNoneWithOneDigitChanged(String scheme, String number) {
    StateTable automaton = CheckDigits.scheme(scheme).orElseThrow();
    assertThat(automaton.accepts(number)).as(scheme + " " + number).isTrue();
    for (int i = 0; i < number.length(); i++) {
      for (char digit = '0'; digit <= '9'; digit++) {
        String other = number.substring(0, i) + digit + number.substring(i + 1);
        assertThat(automaton.accepts(other)).as(other).isEqualTo(other.equals(number));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // ISBN-10 (ISO 2108), weights 2 to 10 from the right; X is no digit.
    "0306406152, true",
    "0306406153, false",
    "3598215088, true",
    "0198526636, true"
  })
  void weighsAsTheFormSays(String number, boolean valid) {
    StateTable isbn = CheckDigits.weighted(List.of(2, 3, 4, 5, 6, 7, 8, 9, 10), 11);
    assertThat(isbn.accepts(number)).isEqualTo(valid);
  }

  @Test
  void aWeightOfThreeAndOneIsEan() {
    StateTable weighted = CheckDigits.weighted(List.of(3, 1), 10);
    assertThat(weighted.accepts("4006381333931")).isTrue();
    assertThat(weighted.accepts("4006381333932")).isFalse();
  }

  @Test
  void knowsNoOtherScheme() {
    assertThat(CheckDigits.scheme("mod7")).isEmpty();
    assertThat(CheckDigits.names()).isEqualTo("damm, ean, luhn, mod11-2, mod97-10, verhoeff");
  }
}
