// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NumbersTest {

  private final Numbers numbers = new Numbers();
  private Locale before;

  /** Where a comma is the decimal sign and digits are not ours. */
  @BeforeEach
  void moveAbroad() {
    before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
  }

  @AfterEach
  void comeHome() {
    Locale.setDefault(before);
  }

  @Test
  void countsHaveSeparators() {
    assertThat(numbers.count(1234567)).isEqualTo("1,234,567");
    assertThat(numbers.count(1, "digit")).isEqualTo("1\u00a0digit");
    assertThat(numbers.count(2000, "digit")).isEqualTo("2,000\u00a0digits");
  }

  @Test
  void percentsShowWhatTellsThemFromNoneAndAll() {
    assertThat(numbers.percent(0.9921)).isEqualTo("99.21\u00a0%");
    assertThat(numbers.percent(0.99987654)).isEqualTo("99.988\u00a0%");
    assertThat(numbers.percent(0.0000423)).isEqualTo("0.0042\u00a0%");
    assertThat(numbers.percent(1.0)).isEqualTo("100.00\u00a0%");
    assertThat(numbers.percent(0.0)).isEqualTo("0.00\u00a0%");
    assertThat(numbers.percent(null)).isEqualTo("–");
    assertThat(numbers.percent(Double.NaN)).isEqualTo("–");
    assertThat(numbers.shortPercent(0.001)).isEqualTo("0.1\u00a0%");
    assertThat(numbers.shortPercent(0.0005)).isEqualTo("0.05\u00a0%");
    assertThat(numbers.shortPercent(0.1)).isEqualTo("10\u00a0%");
  }

  @Test
  void sizesAndTimesHaveTheUnitThatMatters() {
    assertThat(numbers.bytes(999)).isEqualTo("999\u00a0B");
    assertThat(numbers.bytes(1_000)).isEqualTo("1.00\u00a0kB");
    assertThat(numbers.bytes(38_240_000_000L)).isEqualTo("38.2\u00a0GB");
    assertThat(numbers.bytes(999_600_000)).isEqualTo("1.00\u00a0GB");
    assertThat(numbers.bytes(Long.MAX_VALUE)).isEqualTo("9,223\u00a0PB");
    assertThat(numbers.duration(3.24)).isEqualTo("3.2\u00a0s");
    assertThat(numbers.duration(59.7)).isEqualTo("1\u00a0min 0\u00a0s");
    assertThat(numbers.duration(4_337)).isEqualTo("1\u00a0h 12\u00a0min");
    assertThat(numbers.rate(9.996)).isEqualTo("10.0");
    assertThat(numbers.rate(278.4)).isEqualTo("278");
    assertThat(numbers.rate(Double.NaN)).isEqualTo("–");
    assertThat(numbers.rounded(6_612_345)).isEqualTo(6_600_000);
  }

  @Test
  void probabilitiesCloseToOneKeepTheirDoubt() {
    assertThat(numbers.probability(0.87)).isEqualTo("0.87");
    assertThat(numbers.probability(0.99951171875)).isEqualTo("0.99951");
    assertThat(numbers.probability(1.0)).isEqualTo("1.00");
  }
}
