// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitPatternTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1-4]\\d{3}",
        "1?2*3+",
        "(12|3)4",
        "(?:0|[^0]1){1,2}",
        "^19\\d\\d|20\\d\\d$",
        "(1|12)(3|23)",
        "9{2,}",
        ".[02468]",
        "[\\d]5",
        "(|1)2",
        "((12){2}|3*)?",
      })
  void allowsWhatJavaAllows(String pattern) {
    StateTable automaton = DigitPattern.of(pattern);
    for (int length = 1; length <= 4; length++) {
      for (int value = 0; value < Math.pow(10, length); value++) {
        String number = String.format("%0" + length + "d", value);
        assertThat(automaton.accepts(number)).as(number).isEqualTo(number.matches(pattern));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "[1-4 ! at character 5, expected a digit, \\d, ., [ or (",
        "(12 ! at character 4, expected )",
        "12) ! at character 3, expected the end of the pattern",
        "a ! at character 1, expected a digit, \\d, ., [ or (",
        "\\w ! at character 2, expected d after \\",
        "1{31} ! at character 5, expected at most 30 times",
        "1{3,2} ! at character 7, expected a range that rises",
        "(?<x>1) ! at character 3, expected (?: or (",
      })
  void saysWhatWasExpectedAndWhere(String pattern, String message) {
    assertThatThrownBy(() -> DigitPattern.of(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"((\\d{30}){30}){30}", "\\d{17}1\\d*"})
  void refusesWhatIsTooLarge(String pattern) {
    assertThatThrownBy(() -> DigitPattern.of(pattern)).isInstanceOf(RuntimeException.class);
  }
}
