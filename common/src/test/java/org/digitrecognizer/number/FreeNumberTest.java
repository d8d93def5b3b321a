// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.PairReading;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.scan.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of drawn figures, with a reader that knows where each digit stands. */
class FreeNumberTest {

  private static final int HEIGHT = 60;

  /** A digit of the drawing: what it is, and its box. */
  private record True(int digit, int left, int top, int width, int height) {

    double shared(FreeNumber.Box box) {
      double x = Math.min(left + width, box.left() + box.width()) - Math.max(left, box.left());
      double y = Math.min(top + height, box.top() + box.height()) - Math.max(top, box.top());
      double both = Math.max(0, x) * Math.max(0, y);
      return both / ((double) width * height + (double) box.width() * box.height() - both);
    }
  }

  private final List<True> digits = new ArrayList<>();

  private GreyImage draw(int width, Consumer<Graphics2D> pen) {
    BufferedImage image = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, HEIGHT);
    graphics.setColor(Color.BLACK);
    graphics.setStroke(new BasicStroke(3));
    pen.accept(graphics);
    graphics.dispose();
    return new GreyImage(
        width, HEIGHT, ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
  }

  private void nought(Graphics2D pen, int left) {
    pen.drawOval(left, 12, 20, 34);
    digits.add(new True(0, left - 1, 11, 23, 37));
  }

  private void one(Graphics2D pen, int left) {
    pen.drawLine(left + 1, 12, left + 1, 46);
    digits.add(new True(1, left, 11, 3, 37));
  }

  private NumberReading read(GreyImage scan) {
    FreeNumber number = ((Outcome.Ok<FreeNumber>) FreeNumber.of(scan, CutLimits.DEFAULT)).value();
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < number.images().size(); i++) {
      readings.add(read(number.box(i)));
    }
    return new BestNumber().read(number.lattice(readings), NumberRule.ofDigits(1, 9));
  }

  /** Like two that cannot be told apart: as one digit it reads neither, and both as a pair. */
  private Reading readPair(FreeNumber.Box box) {
    float[] nothing = new float[10];
    Arrays.fill(nothing, 0.1f);
    True left = digits.get(0);
    True right = digits.get(1);
    int end = right.left + right.width;
    boolean both = new True(0, left.left, left.top, end - left.left, left.height).shared(box) > 0.8;
    PairReading pair =
        both
            ? new PairReading(0.99, nearly(left.digit), nearly(right.digit))
            : new PairReading(0.01, nothing, nothing);
    return Reading.of(nothing, 0.01, pair);
  }

  private static float[] nearly(int digit) {
    float[] probabilities = new float[10];
    Arrays.fill(probabilities, 0.001f);
    probabilities[digit] = 0.991f;
    return probabilities;
  }

  @Test
  void twoDigitsThatNoCutTellsApart() {
    GreyImage scan =
        draw(
            80,
            pen -> {
              nought(pen, 20);
              one(pen, 40);
            });
    FreeNumber number = ((Outcome.Ok<FreeNumber>) FreeNumber.of(scan, CutLimits.DEFAULT)).value();
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < number.images().size(); i++) {
      readings.add(readPair(number.box(i)));
    }
    NumberReading read = new BestNumber().read(number.lattice(readings), NumberRule.ofDigits(1, 9));
    assertThat(read.number()).isEqualTo("01");
    NumberReading.Digit first = read.digits().get(0);
    NumberReading.Digit second = read.digits().get(1);
    FreeNumber.Box left = number.box(first.id());
    FreeNumber.Box right = number.box(second.id());
    assertThat(left.left()).isBetween(18, 20);
    assertThat(right.left()).isEqualTo(left.left() + left.width());
    assertThat(right.left() + right.width()).isBetween(42, 44);
    assertThat(number.reading(first.id(), readings).digit()).isEqualTo(0);
    assertThat(number.reading(second.id(), readings).digit()).isEqualTo(1);
    assertThat(number.reading(second.id(), readings).oneDigit()).isEqualTo(0.99);
  }

  private Reading read(FreeNumber.Box box) {
    float[] probabilities = new float[10];
    for (True digit : digits) {
      if (digit.shared(box) > 0.7) {
        Arrays.fill(probabilities, 0.001f);
        probabilities[digit.digit] = 0.991f;
        return Reading.of(probabilities, 0.99);
      }
    }
    Arrays.fill(probabilities, 0.1f);
    return Reading.of(probabilities, 0.01);
  }

  @Test
  void digitsThatStandApart() {
    NumberReading number =
        read(
            draw(
                140,
                pen -> {
                  one(pen, 10);
                  nought(pen, 25);
                  nought(pen, 60);
                  one(pen, 100);
                }));
    assertThat(number.number()).isEqualTo("1001");
    assertThat(number.confidence()).isGreaterThan(0.9);
    assertThat(number.digits()).extracting(NumberReading.Digit::digit).containsExactly(1, 0, 0, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void digitsThatTouch(int overlap) {
    NumberReading number =
        read(
            draw(
                120,
                pen -> {
                  nought(pen, 10);
                  nought(pen, 32 - overlap);
                  nought(pen, 54 - 2 * overlap);
                }));
    assertThat(number.number()).isEqualTo("000");
  }

  /** What eight threads of users ask for: a point is no digit, a dash no 1. */
  @Test
  void marksAreNoDigits() {
    NumberReading number =
        read(
            draw(
                220,
                pen -> {
                  one(pen, 10);
                  pen.fillOval(22, 43, 5, 5);
                  nought(pen, 35);
                  nought(pen, 65);
                  nought(pen, 95);
                  pen.drawLine(124, 44, 121, 52);
                  pen.drawLine(140, 30, 160, 30);
                  pen.drawLine(180, 26, 200, 26);
                  pen.drawLine(180, 34, 200, 34);
                }));
    assertThat(number.number()).isEqualTo("1000");
  }

  @Test
  void theBoxOfASlantedDigitIsWhereItWasWritten() {
    GreyImage slanted =
        draw(
            200,
            pen -> {
              for (int left = 20; left < 160; left += 40) {
                pen.drawLine(left, 46, left + 17, 12);
              }
            });
    FreeNumber number =
        ((Outcome.Ok<FreeNumber>) FreeNumber.of(slanted, CutLimits.DEFAULT)).value();
    FreeNumber.Box first = number.box(0);
    assertThat(first.left()).isBetween(17, 21);
    assertThat(first.width()).isBetween(18, 22);
    assertThat(first.top()).isBetween(10, 12);
    assertThat(first.height()).isBetween(35, 38);
  }

  @Test
  void aRuledLineIsNoDigit() {
    NumberReading number =
        read(
            draw(
                120,
                pen -> {
                  nought(pen, 20);
                  nought(pen, 60);
                  pen.fillRect(0, 53, 120, 2);
                }));
    assertThat(number.number()).isEqualTo("00");
  }

  @Test
  void paperIsBlank() {
    assertThat(reason(draw(100, pen -> {}), CutLimits.DEFAULT)).isEqualTo(Rejection.Reason.BLANK);
  }

  @Test
  void whatIsBeyondALimitIsTooLarge() {
    GreyImage two =
        draw(
            120,
            pen -> {
              nought(pen, 20);
              nought(pen, 60);
            });
    assertThat(reason(two, new CutLimits(7199, 24, 240))).isEqualTo(Rejection.Reason.TOO_LARGE);
    assertThat(reason(two, new CutLimits(7200, 24, 1))).isEqualTo(Rejection.Reason.TOO_LARGE);
    assertThat(FreeNumber.of(two, new CutLimits(7200, 0, 5))).isInstanceOf(Outcome.Ok.class);
  }

  private static Rejection.Reason reason(GreyImage scan, CutLimits limits) {
    return ((Outcome.Rejected<FreeNumber>) FreeNumber.of(scan, limits)).rejection().reason();
  }
}
