// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Random;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanNormaliserTest {

  private static final byte[][] DIGITS = MnistDigits.images("t10k");

  private final ScanNormaliser normaliser = new ScanNormaliser();

  @ParameterizedTest
  @ValueSource(strings = {"t10k", "train"})
  void leavesAllOfMnistAsItIsInBothPolarities(String set) {
    for (byte[] digit : MnistDigits.images(set)) {
      GreyImage lightOnDark = new GreyImage(28, 28, digit);
      DigitImage expected = DigitImage.of(digit);
      assertThat(normaliser.normalise(lightOnDark)).isEqualTo(Outcome.ok(expected));
      assertThat(normaliser.normalise(Drawing.inverted(lightOnDark)))
          .isEqualTo(Outcome.ok(expected));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 28, 40, 64, 200})
  void takesAtMostOneInAThousandSingleDigitsForSomethingElse(int size) {
    int count = size > 100 ? 2000 : DIGITS.length;
    int rejected = 0;
    for (int i = 0; i < count; i++) {
      GreyImage scan = Drawing.scan(DIGITS[i], size, i);
      Outcome<DigitImage> outcome =
          normaliser.normalise(i % 2 == 0 ? scan : Drawing.inverted(scan));
      rejected += outcome instanceof Outcome.Ok ? 0 : 1;
    }
    assertThat(rejected).as("of %d", count).isLessThanOrEqualTo(count / 1000);
  }

  @ParameterizedTest
  @CsvSource({"20,2", "28,2", "28,5", "40,3", "64,10", "120,4"})
  void takesPairsOfDigitsForSeveral(int size, int gap) {
    Random random = new Random(size + gap);
    int several = 0;
    for (int i = 0; i < 1000; i++) {
      BufferedImage pair =
          Drawing.pair(DIGITS[random.nextInt(10_000)], DIGITS[random.nextInt(10_000)], gap);
      int width = pair.getWidth() * size / 28;
      GreyImage scan = Drawing.draw(pair, width, size, width, size, 0, 0);
      Outcome<DigitImage> outcome =
          normaliser.normalise(i % 2 == 0 ? scan : Drawing.inverted(scan));
      several += isSeveral(outcome) ? 1 : 0;
    }
    assertThat(several).as("of 1000").isGreaterThanOrEqualTo(950);
  }

  /** Of a bold 1 that is cut to its ink, most of the scan is ink. */
  @Test
  void tellsInkFromPaperWithATwentiethOfPaperAround() {
    int wrong = 0;
    for (int i = 0; i < DIGITS.length; i += 2) {
      BufferedImage cut = Drawing.cut(DIGITS[i]);
      int longer = Math.max(cut.getWidth(), cut.getHeight());
      int width = Math.max(1, 60 * cut.getWidth() / longer);
      int height = Math.max(1, 60 * cut.getHeight() / longer);
      GreyImage scan = Drawing.draw(cut, width, height, width + 6, height + 6, 3, 3);
      Outcome<DigitImage> outcome =
          normaliser.normalise(i % 4 == 0 ? scan : Drawing.inverted(scan));
      wrong += outcome instanceof Outcome.Ok && difference(outcome, DIGITS[i]) < 50 ? 0 : 1;
    }
    assertThat(wrong).as("of 5000").isLessThanOrEqualTo(5);
  }

  /** More than half of such a scan is paper's shade, and most of its border is ink's. */
  @Test
  void takesTheHollowOfANoughtThatIsCutToItsInkForPaper() {
    GreyImage scan = Drawing.blank(24, 24, 165);
    Random random = new Random(1);
    for (int i = 0; i < scan.pixels().length; i++) {
      int row = i / 24;
      double x = i % 24 - 11.5;
      double y = row - 11.5;
      double distance = Math.sqrt(Math.hypot(x * x, y * y));
      int level = distance > 8.5 && distance < 12.5 ? 95 : 165;
      scan.pixels()[i] = (byte) (level + random.nextInt(-4, 5));
    }
    byte[] digit = digit(normaliser.normalise(scan)).pixels();
    assertThat(digit[14 * 28 + 14] & 0xff).as("in the middle").isLessThan(64);
    assertThat(digit[14 * 28 + 5] & 0xff).as("on the stroke").isGreaterThan(192);
  }

  private static boolean isSeveral(Outcome<DigitImage> outcome) {
    return outcome instanceof Outcome.Rejected<DigitImage> rejected
        && rejected.rejection().reason() == Reason.MULTIPLE_DIGITS;
  }

  /** 116,000 dots of three pixels, which are no dust beside so thin a stroke. */
  @Test
  @Timeout(60)
  void takesNoLongOverADitheredScan() {
    GreyImage scan = Drawing.blank(1024, 1024, 255);
    for (int y = 0; y < 1022; y += 3) {
      for (int x = 0; x < 1022; x += 3) {
        scan.pixels()[1024 * y + x] = 0;
        scan.pixels()[1024 * y + x + 1] = 0;
        scan.pixels()[1024 * (y + 1) + x] = 0;
      }
    }
    for (int y = 501; y < 531; y++) {
      scan.pixels()[1024 * y + 512] = 0;
    }
    for (int i = 0; i < 4; i++) {
      assertThat(normaliser.normalise(scan)).isInstanceOf(Outcome.Ok.class);
    }
  }

  @Test
  void bringsADigitThatWasMovedBack() {
    BufferedImage picture = Drawing.picture(DIGITS[0], 28);
    GreyImage moved = Drawing.draw(picture, 28, 28, 40, 50, 3, 17);
    assertThat(difference(normaliser.normalise(moved), DIGITS[0])).isLessThan(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 48, 100, 200, 1500})
  void givesNearlyTheSamePixelsWhateverTheSize(int size) {
    double difference = 0;
    for (int i = 0; i < 20; i++) {
      difference += difference(normaliser.normalise(Drawing.scan(DIGITS[i], size, i)), DIGITS[i]);
    }
    assertThat(difference / 20).as("mean difference of a pixel, of 255").isLessThan(14);
  }

  @Test
  void findsTheDigitOnALargePageInFullDetail() {
    BufferedImage picture = Drawing.picture(DIGITS[3], 28);
    GreyImage page = Drawing.draw(picture, 60, 60, 2480, 3508, 1700, 2400);
    assertThat(difference(normaliser.normalise(page), DIGITS[3])).isLessThan(14);
  }

  @Test
  void doesNotMindASlopeOfLight() {
    double difference = 0;
    for (int i = 0; i < 100; i++) {
      GreyImage scan = Drawing.scan(DIGITS[i], 64, i);
      byte[] pixels = scan.pixels();
      for (int at = 0; at < pixels.length; at++) {
        double light = 0.4 + 0.6 * (at % scan.width()) / scan.width();
        pixels[at] = (byte) (light * (230 - 0.8 * (pixels[at] & 0xff)));
      }
      difference += difference(normaliser.normalise(scan), DIGITS[i]);
    }
    assertThat(difference / 100).as("mean difference of a pixel, of 255").isLessThan(13);
  }

  /** The paper is lightest around the digit, and as dark as its ink in the corners. */
  @Test
  void takesNoLightPaperAroundAStrokeForTheDigit() {
    int unlike = 0;
    for (int i = 0; i < 500; i++) {
      GreyImage scan = inAVignette(Drawing.scan(DIGITS[i], 64, i));
      unlike += difference(normaliser.normalise(scan), DIGITS[i]) > 30 ? 1 : 0;
    }
    assertThat(unlike).as("of 500").isLessThanOrEqualTo(10);
  }

  private static GreyImage inAVignette(GreyImage ink) {
    byte[] pixels = new byte[ink.pixels().length];
    double middleX = ink.width() / 2.0;
    double middleY = ink.height() / 2.0;
    for (int at = 0; at < pixels.length; at++) {
      int column = at % ink.width();
      int row = at / ink.width();
      double x = column / middleX - 1;
      double y = row / middleY - 1;
      double light = 1 - 0.3 * (x * x + y * y);
      pixels[at] = (byte) (light * (230 - 0.5 * (ink.pixels()[at] & 0xff)));
    }
    return new GreyImage(ink.width(), ink.height(), pixels);
  }

  @Test
  void doesNotMindDustOrAnEdgeOfTheScanner() {
    GreyImage scan = Drawing.inverted(Drawing.scan(DIGITS[7], 64, 7));
    byte[] clean = digit(normaliser.normalise(scan)).pixels();
    for (int y = 0; y < scan.height(); y++) {
      scan.pixels()[y * scan.width()] = 10;
      scan.pixels()[y * scan.width() + 1] = 30;
    }
    scan.pixels()[4 * scan.width() + 60] = 0;
    scan.pixels()[4 * scan.width() + 61] = 0;
    assertThat(difference(normaliser.normalise(scan), clean)).isLessThan(1);
  }

  @Test
  void takesNoRuledLineForTheDigit() {
    GreyImage scan = Drawing.inverted(Drawing.scan(DIGITS[0], 64, 0));
    byte[] clean = digit(normaliser.normalise(scan)).pixels();
    Arrays.fill(scan.pixels(), 75 * scan.width(), 77 * scan.width(), (byte) 60);
    assertThat(difference(normaliser.normalise(scan), clean)).isLessThan(2);
  }

  @Test
  void takesNoDotOrNeighboursEndForTheDigit() {
    GreyImage scan = Drawing.inverted(Drawing.scan(DIGITS[0], 64, 0));
    byte[] clean = digit(normaliser.normalise(scan)).pixels();
    for (int y = 20; y < 36; y++) {
      Arrays.fill(scan.pixels(), y * scan.width(), y * scan.width() + 4, (byte) 20);
    }
    for (int y = 66; y < 70; y++) {
      Arrays.fill(scan.pixels(), y * scan.width() + 70, y * scan.width() + 74, (byte) 20);
    }
    assertThat(difference(normaliser.normalise(scan), clean)).isLessThan(2);
  }

  @Test
  void takesAtMostOneInThirtyBlankSheetsForDigits() {
    DrawnPaper paper = new DrawnPaper(3);
    int taken = 0;
    for (int i = 0; i < 500; i++) {
      taken += normaliser.normalise(paper.blank()) instanceof Outcome.Ok ? 1 : 0;
    }
    assertThat(taken).as("of 500").isLessThanOrEqualTo(16);
  }

  @Test
  void rejectsAtMostThreeInAHundredDigitsOnPatternedOrShadedPaper() {
    DrawnPaper paper = new DrawnPaper(4);
    int rejected = 0;
    for (int i = 0; i < 500; i++) {
      GreyImage scan = paper.with(Drawing.scan(DIGITS[i], 20 + i % 120, i));
      rejected += normaliser.normalise(scan) instanceof Outcome.Ok ? 0 : 1;
    }
    assertThat(rejected).as("of 500").isLessThanOrEqualTo(15);
  }

  @Test
  void takesShadeForAPartOfAtMostFiveInAHundredDigits() {
    DrawnPaper paper = new DrawnPaper(4);
    int unlike = 0;
    for (int i = 0; i < 500; i++) {
      GreyImage clean = Drawing.scan(DIGITS[i], 20 + i % 120, i);
      byte[] expected = digit(normaliser.normalise(clean)).pixels();
      Outcome<DigitImage> outcome = normaliser.normalise(paper.with(clean));
      boolean read = outcome instanceof Outcome.Ok;
      unlike += read && difference(outcome, expected) > 25 ? 1 : 0;
    }
    assertThat(unlike).as("of 500").isLessThanOrEqualTo(25);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 77, 255})
  void callsPaperBlankWhateverItsShade(int level) {
    assertBlank(Drawing.blank(50, 40, level));
    assertBlank(Drawing.blank(1, 1, level));
    assertBlank(Drawing.blank(3000, 2, level));
  }

  @Test
  void callsASpeckOfDustBlank() {
    GreyImage scan = Drawing.blank(64, 64, 250);
    scan.pixels()[64 * 30 + 30] = 0;
    scan.pixels()[64 * 30 + 31] = 0;
    scan.pixels()[64 * 31 + 31] = 0;
    assertBlank(scan);
  }

  @Test
  void callsNoisyPaperBlank() {
    Random random = new Random(1);
    GreyImage scan = Drawing.blank(100, 100, 0);
    for (int i = 0; i < scan.pixels().length; i++) {
      scan.pixels()[i] = (byte) (220 + 8 * random.nextGaussian());
    }
    assertBlank(scan);
  }

  @Test
  void saysPlainlyThatPagesAreNotRead() {
    byte[] sheet = new byte[28 * 8 * 28];
    for (int i = 0; i < 8; i++) {
      for (int y = 0; y < 28; y++) {
        System.arraycopy(DIGITS[i], y * 28, sheet, y * 28 * 8 + i * 28, 28);
      }
    }
    Rejection rejection = rejection(normaliser.normalise(new GreyImage(28 * 8, 28, sheet)));
    assertThat(rejection.reason()).isEqualTo(Reason.MULTIPLE_DIGITS);
    assertThat(rejection.detail()).contains("pages with many digits are not read");
  }

  @Test
  void neverThrowsWhateverThePixels() {
    Random random = new Random(20);
    for (int i = 0; i < 3000; i++) {
      int width = 1 + random.nextInt(i % 10 == 0 ? 300 : 40);
      int height = 1 + random.nextInt(40);
      byte[] pixels = new byte[width * height];
      random.nextBytes(pixels);
      int mask = random.nextInt(256);
      for (int j = 0; j < pixels.length; j++) {
        pixels[j] = (byte) (random.nextInt(100) < i % 100 ? pixels[j] & mask : 255);
      }
      assertThat(normaliser.normalise(new GreyImage(width, height, pixels))).isNotNull();
    }
  }

  private void assertBlank(GreyImage scan) {
    assertThat(rejection(normaliser.normalise(scan)).reason()).isEqualTo(Reason.BLANK);
  }

  private static Rejection rejection(Outcome<DigitImage> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    return ((Outcome.Rejected<DigitImage>) outcome).rejection();
  }

  private static DigitImage digit(Outcome<DigitImage> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Ok.class);
    return ((Outcome.Ok<DigitImage>) outcome).value();
  }

  /** The mean absolute difference of a pixel. */
  private static double difference(Outcome<DigitImage> outcome, byte[] expected) {
    byte[] pixels = digit(outcome).pixels();
    double sum = 0;
    for (int i = 0; i < pixels.length; i++) {
      sum += Math.abs((pixels[i] & 0xff) - (expected[i] & 0xff));
    }
    return sum / pixels.length;
  }
}
