// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.digitrecognizer.evaluation.files.ConfusionCsv;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

  /** Four sevens, of which one was read as a one; two ones, both read; a two that was read as 7. */
  private static ConfusionMatrix sample() {
    ConfusionMatrix matrix = new ConfusionMatrix();
    for (int i = 0; i < 3; i++) {
      matrix.add(7, 7);
    }
    matrix.add(7, 1);
    matrix.add(1, 1);
    matrix.add(1, 1);
    matrix.add(2, 7);
    return matrix;
  }

  @Test
  void rowsAreTheTruth() {
    assertThat(sample().count(7, 1)).as("true 7, read 1").isEqualTo(1);
    assertThat(sample().count(1, 7)).as("true 1, read 7").isZero();
    assertThat(sample().support(7)).as("true sevens").isEqualTo(4);
    assertThat(sample().reads(1)).as("read as one").isEqualTo(3);
  }

  @Test
  void ratesAreThoseCountedByHand() {
    ConfusionMatrix matrix = sample();
    assertThat(matrix.total()).isEqualTo(7);
    assertThat(matrix.errors()).isEqualTo(2);
    assertThat(matrix.accuracy()).isCloseTo(5 / 7.0, within(1e-15));
    assertThat(matrix.precision(7)).as("3 of the 4 read as 7").isEqualTo(0.75);
    assertThat(matrix.recall(7)).as("3 of the 4 sevens").isEqualTo(0.75);
    assertThat(matrix.precision(1)).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(matrix.recall(1)).isEqualTo(1);
    assertThat(matrix.f1(1)).as("2 * 2/3 * 1 / (2/3 + 1)").isCloseTo(0.8, within(1e-15));
    assertThat(matrix.f1(2)).as("never read, but occurs").isZero();
    assertThat(matrix.macroF1()).as("of 7, 1 and 2").isCloseTo((0.75 + 0.8 + 0) / 3, within(1e-15));
  }

  @Test
  void ratesWithoutADenominatorAreNaN() {
    assertThat(sample().precision(2)).as("nothing was read as 2").isNaN();
    assertThat(sample().recall(5)).as("there is no 5").isNaN();
    assertThat(sample().f1(5)).as("no 5, and none read").isNaN();
    assertThat(new ConfusionMatrix().accuracy()).isNaN();
    assertThat(new ConfusionMatrix().macroF1()).isNaN();
  }

  @Test
  void mergeAddsCounts() {
    ConfusionMatrix twice = sample();
    twice.merge(sample());
    assertThat(twice.count(7, 7)).isEqualTo(6);
    assertThat(twice.total()).isEqualTo(14);
  }

  @Test
  void whatIsNoDigitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sample().add(10, 1))
        .withMessage("A digit is 0 to 9, not 10");
    assertThatIllegalArgumentException().isThrownBy(() -> sample().add(1, -1));
  }

  @Test
  void csvHasTheTruthInRows() throws IOException {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    ConfusionCsv.write(sample(), csv);
    assertThat(csv.toString(StandardCharsets.UTF_8).lines())
        .hasSize(11)
        .startsWith("rows: true / columns: read,0,1,2,3,4,5,6,7,8,9", "0,0,0,0,0,0,0,0,0,0,0")
        .contains("7,0,1,0,0,0,0,0,3,0,0", "2,0,0,0,0,0,0,0,1,0,0");
  }
}
