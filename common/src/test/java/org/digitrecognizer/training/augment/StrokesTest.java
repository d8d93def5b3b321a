// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StrokesTest {

  @Test
  void thicknessIsThatOfThePen() {
    for (double pen = 2; pen <= 5; pen++) {
      Canvas canvas = new Canvas(60, 60);
      canvas.line(10, 20, 50, 40, pen, 1);
      assertThat(Strokes.thickness(canvas)).isCloseTo(pen, within(0.2 * pen));
    }
  }

  @Test
  void strokesGetThickerAndThinner() {
    for (double amount : new double[] {0.5, 1, 1.6}) {
      Canvas thicker = Pen.canvas(4, 3);
      double before = Strokes.thickness(thicker);
      Strokes.change(thicker, amount);
      assertThat(Strokes.thickness(thicker)).isGreaterThan(before + amount);
    }
    Canvas thinner = Pen.canvas(4, 4);
    double before = Strokes.thickness(thinner);
    Strokes.change(thinner, -0.8);
    assertThat(Strokes.thickness(thinner)).isLessThan(before - 0.8);
  }

  @Test
  void thinStrokesAreNotLost() {
    Canvas thin = Pen.canvas(4, 1.5);
    double before = thin.mass();
    Strokes.change(thin, -0.9);
    assertThat(thin.mass()).isEqualTo(before);
  }

  @Test
  void someStrokesAreBroken() {
    int broken = 0;
    for (int seed = 0; seed < 500; seed++) {
      Canvas canvas = Pen.canvas(4, 3);
      double before = canvas.mass();
      Strokes.breakSome(canvas, new Chance(new SplittableRandom(seed)));
      broken += canvas.mass() < before ? 1 : 0;
    }
    assertThat(broken).isBetween(20, 150);
  }
}
