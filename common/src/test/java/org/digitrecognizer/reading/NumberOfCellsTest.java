// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.number.FreeNumber.Box;
import org.digitrecognizer.number.NumberRule;
import org.digitrecognizer.number.rule.DigitPattern;
import org.digitrecognizer.reading.NumberOfCells.Cell;
import org.digitrecognizer.reading.NumberOfCells.Digit;
import org.digitrecognizer.reading.NumberOfCells.Result;
import org.digitrecognizer.reading.NumberOfCells.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers whose digits are separate images. */
class NumberOfCellsTest {

  private static final NumberRule TWO_TO_FOUR = NumberRule.ofDigits(2, 4);

  private final NumberOfCells numbers = new NumberOfCells();

  /**
   * Makes cells of letters: a digit as it is read, {@code _} for a blank cell, {@code x} for one
   * that cannot be read, {@code .} for one that is not there.
   */
  private static List<Cell> cells(String letters, int first) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      Reading reading = Character.isDigit(letter) ? reading(letter - '0') : null;
      if (letter != '.') {
        cells.add(new Cell(first + i, reading, letter == '_'));
      }
    }
    return cells;
  }

  @ParameterizedTest
  @CsvSource({
    "12, INCOMPLETE",
    "1234, READ",
    "12__, READ",
    "_12, INCOMPLETE",
    "123x, INCOMPLETE",
  })
  void ofADamagedArchiveNothingStandsThatMayBeLonger(String letters, Status status) {
    Result result = numbers.read(cells(letters, 0), 0, true, TWO_TO_FOUR);
    assertThat(result.status()).isEqualTo(status);
    assertThat(result.digits()).as("what there is of it").hasSizeGreaterThan(1);
  }

  private static Reading reading(int digit) {
    float[] probabilities = new float[10];
    Arrays.fill(probabilities, 0.01f);
    probabilities[digit] = 0.91f;
    return Reading.of(probabilities);
  }

  @ParameterizedTest
  @CsvSource({
    "12, 0, READ, 12",
    "12, 1, READ, 12",
    "1234, 1, READ, 1234",
    "_12_, 0, READ, 12",
    "__12, 1, READ, 12",
    "12__, 0, READ, 12",
    "123456, 0, READ,",
    "1, 0, INCOMPLETE,",
    "____, 0, INCOMPLETE,",
    "1_2, 0, INCOMPLETE,",
    "1.2, 0, INCOMPLETE,",
    "1x2, 0, INCOMPLETE,",
    "x12, 0, INCOMPLETE,",
    ".12, 0, INCOMPLETE,",
    ".12, 1, INCOMPLETE,",
    "_.12, 0, INCOMPLETE,",
    "12._, 0, INCOMPLETE,",
    "12_._, 1, INCOMPLETE,",
  })
  void whatIsMissingIsNotGuessed(String letters, int first, Status status, String number) {
    List<Cell> cells = cells(letters, first);
    Collections.reverse(cells);
    Result result = numbers.read(cells, first, false, TWO_TO_FOUR);
    assertThat(result.status()).isEqualTo(status);
    assertThat(result.number().number()).isEqualTo(number);
  }

  @Test
  void aCellThatIsThereTwiceIsNoNumber() {
    List<Cell> cells = cells("123", 0);
    cells.add(new Cell(1, reading(2), false));
    Result result = numbers.read(cells, 0, false, TWO_TO_FOUR);
    assertThat(result.status()).as("even where both read the same").isEqualTo(Status.DUPLICATE);
    assertThat(result.number().number()).isNull();
    assertThat(result.number().confidence()).isZero();
    assertThat(result.digits()).extracting(Digit::position).containsExactly(0, 1, 1, 2);
    assertThat(numbers.read(List.of(), 0, false, TWO_TO_FOUR).status())
        .isEqualTo(Status.INCOMPLETE);
  }

  @Test
  void theRuleDecidesAndDigitsKeepTheirPositions() {
    float[] unsure = new float[10];
    unsure[1] = 0.6f;
    unsure[7] = 0.4f;
    List<Cell> cells = cells("_2", 1);
    cells.add(new Cell(3, Reading.of(unsure), false));
    NumberRule even = NumberRule.of(DigitPattern.of("27"));
    Result result = numbers.read(cells, 1, false, even);
    assertThat(result.number().number()).isEqualTo("27");
    assertThat(result.number().unconstrained()).isEqualTo("21");
    assertThat(result.digits()).extracting(Digit::position).containsExactly(2, 3);
    assertThat(result.digits()).extracting(Digit::digit).containsExactly(2, 7);
  }

  @Test
  void cellsStandSideBySideAndCanBeCutOutAgain() {
    GreyImage first = image(4, 6);
    GreyImage last = image(5, 3);
    List<GreyImage> cells = new ArrayList<>(List.of(first, last));
    cells.add(1, null);
    CellStrip strip = CellStrip.of(cells);
    assertThat(strip.boxes()).hasSize(3);
    Box middle = strip.boxes().get(1);
    assertThat(middle.left()).isGreaterThan(strip.boxes().get(0).left() + 4);
    assertThat(strip.picture().width()).isGreaterThan(strip.boxes().get(2).left() + 5);
    GreyImage cut = CellStrip.cut(strip.picture(), strip.boxes().get(2));
    assertThat(cut.pixels()).isEqualTo(last.pixels());
    assertThat(CellStrip.cut(strip.picture(), strip.boxes().get(0)).pixels())
        .isEqualTo(first.pixels());
  }

  private static GreyImage image(int width, int height) {
    byte[] pixels = new byte[width * height];
    IntStream.range(0, pixels.length).forEach(i -> pixels[i] = (byte) i);
    return new GreyImage(width, height, pixels);
  }
}
