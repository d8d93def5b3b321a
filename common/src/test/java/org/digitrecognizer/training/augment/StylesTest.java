// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each style adds ink where it says, and takes none away, or moves a stroke. */
class StylesTest {

  private static final double PEN = 2;

  private final Chance chance = new Chance(new SplittableRandom(3));
  private Canvas canvas;
  private Canvas before;
  private Extent extent;

  @BeforeEach
  void noDigit() {
    canvas = null;
  }

  @Test
  void flagGoesDownToTheLeftOfTheHead() {
    write(1);
    AddedStrokes.flag(canvas, extent, PEN, chance);
    assertThat(Extent.of(canvas).left()).isLessThan(extent.left() - 1);
    assertThat(added(extent.top(), extent.top() + 14)).as("ink of the upper part").isPositive();
    assertNothingIsLost();
  }

  @Test
  void longFlagGoesToTheMiddleOfTheStem() {
    write(1);
    AddedStrokes.longFlag(canvas, extent, PEN, chance);
    assertThat(Extent.of(canvas).left()).isLessThan(extent.left() - 4);
    assertThat(added(extent.bottom() - 3, canvas.height)).as("ink at the foot").isZero();
    assertNothingIsLost();
  }

  @Test
  void closingLoopIsWithinTheNoughtAndMayLeaveItToTheRight() {
    for (int i = 0; i < 20; i++) {
      write(0);
      AddedStrokes.closingLoop(canvas, extent, PEN, chance);
      Extent written = Extent.of(canvas);
      assertThat(added(0, canvas.height)).as("ink of the loop").isPositive();
      assertThat(written.left()).isGreaterThanOrEqualTo(extent.left() - 1);
      assertThat(written.right()).isLessThan(extent.right() + 11);
      assertThat(added(extent.bottom() - 2, canvas.height)).as("ink at the foot").isZero();
      assertNothingIsLost();
    }
  }

  @Test
  void topOfSevenIsCutOffAndTheStemIsNot() {
    write(7);
    MovedStrokes.shortenTop(canvas, extent, PEN, chance);
    assertThat(-added(0, extent.top() + 3)).as("ink of the top").isGreaterThan(2 * PEN);
    assertThat(added(extent.top() + 4, canvas.height))
        .as("ink of the stem")
        .isCloseTo(0, within(0.5));
    assertThat(Extent.of(canvas).right()).isEqualTo(extent.right());
  }

  @Test
  void footIsBelowOnBothSides() {
    write(1);
    AddedStrokes.foot(canvas, extent, PEN, chance);
    assertThat(Extent.of(canvas).left()).isLessThan(extent.left());
    assertThat(Extent.of(canvas).right()).isGreaterThan(extent.right());
    assertThat(added(0, extent.bottom() - 4)).as("ink above the foot").isZero();
    assertNothingIsLost();
  }

  @Test
  void barCrossesTheStem() {
    write(7);
    AddedStrokes.bar(canvas, extent, PEN, chance);
    assertThat(added(extent.top() + 4, extent.bottom() - 3)).as("ink of the bar").isPositive();
    assertThat(added(0, extent.top() + 3)).as("ink of the top").isZero();
    assertNothingIsLost();
  }

  @Test
  void serifHangsFromTheTopsBeginning() {
    write(7);
    AddedStrokes.serif(canvas, extent, PEN, chance);
    assertThat(added(extent.top() + 2, extent.top() + 8)).as("ink of the serif").isPositive();
    assertThat(added(extent.top() + 9, canvas.height)).as("ink of the stem").isZero();
    assertNothingIsLost();
  }

  @Test
  void hookBeginsWhereTheTailEnds() {
    write(9);
    AddedStrokes.hook(canvas, extent, PEN, chance);
    assertThat(added(extent.bottom() - 8, canvas.height)).as("ink of the hook").isPositive();
    assertThat(added(0, extent.top() + 6)).as("ink of the loop").isZero();
    assertNothingIsLost();
  }

  @Test
  void baseIsBelowTheNought() {
    write(0);
    AddedStrokes.base(canvas, extent, PEN, chance);
    assertThat(added(extent.bottom() - 2, canvas.height)).as("ink of the base").isPositive();
    assertThat(added(0, extent.bottom() - 6)).as("ink above it").isZero();
    assertNothingIsLost();
  }

  @Test
  void loopIsBesideTheStem() {
    write(1);
    AddedStrokes.loop(canvas, extent, PEN, chance);
    assertThat(Extent.of(canvas).width()).isGreaterThan(extent.width() + 1);
    assertNothingIsLost();
  }

  @Test
  void curlBeginsWhereTheHeadDoes() {
    write(2);
    AddedStrokes.curl(canvas, extent, PEN, chance);
    assertThat(added(extent.top(), extent.top() + 16)).as("ink of the curl").isPositive();
    assertThat(added(extent.top() + 17, canvas.height)).as("ink below it").isZero();
    assertNothingIsLost();
  }

  @Test
  void stemOfFourIsCutAboveTheBar() {
    write(4);
    MovedStrokes.shortenStem(canvas, extent, chance);
    double lost = -added(0, extent.top() + extent.height() / 2);
    assertThat(lost).as("ink of the stem above the bar").isGreaterThan(3 * PEN);
    assertThat(canvas.at(extent.left() + 1, extent.top() + 3)).as("left arm").isGreaterThan(0.5f);
    assertThat(added(extent.top() + extent.height() / 2 + 2, canvas.height)).isZero();
  }

  @Test
  void tailHangsFromTheLoopOfNine() {
    write(9);
    MovedStrokes.hangTail(canvas, extent, PEN, chance);
    assertThat(added(0, extent.top() + 3)).as("ink of the loop").isZero();
    assertThat(Extent.of(canvas).height()).isCloseTo(extent.height(), within(3));
    assertThat(canvas.ink).as("tail moved").isNotEqualTo(before.ink);
  }

  @Test
  void joinLeavesAtASide() {
    write(0);
    AddedStrokes.join(canvas, extent, PEN, chance);
    assertThat(Extent.of(canvas).width()).isGreaterThan(extent.width());
    assertNothingIsLost();
  }

  @Test
  void penIsAsThickAsTheStrokes() {
    for (double pen = 2; pen <= 4; pen += 0.5) {
      assertThat(Styles.pen(Pen.canvas(4, pen))).isBetween(pen - 0.7, pen + 0.7);
    }
  }

  private void write(int label) {
    canvas = Pen.canvas(label, PEN);
    before = Pen.canvas(label, PEN);
    extent = Extent.of(canvas);
  }

  private double added(int from, int to) {
    double sum = 0;
    for (int y = Math.max(0, from); y < Math.min(canvas.height, to); y++) {
      for (int x = 0; x < canvas.width; x++) {
        sum += canvas.at(x, y) - before.at(x, y);
      }
    }
    return sum;
  }

  private void assertNothingIsLost() {
    for (int i = 0; i < canvas.ink.length; i++) {
      assertThat(canvas.ink[i]).isGreaterThanOrEqualTo(before.ink[i]);
    }
  }
}
