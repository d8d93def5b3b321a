// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.training.augment.Hand;

/**
 * Draws numbers as people write them: all digits of one by the same hand, spaced or touching, on a
 * line or in printed cells. Not for two threads at once.
 */
final class NumberPainter {

  /** Share of the numbers that stand in printed cells. */
  private static final double IN_CELLS = 0.3;

  /** Paper between two digits as a share of the narrower one's width: below 0 they overlap. */
  private static final double LEAST_SPACE = -0.2;

  private static final double MOST_SPACE = 0.5;

  /** How far single digits are off the hand's own space, and off the line, as shares. */
  private static final double UNEVEN = 0.08;

  private static final double OFF_LINE = 0.06;

  /** A printed cell is larger than the largest digit by these factors. */
  private static final double CELL_WIDTH = 1.35;

  private static final double CELL_HEIGHT = 1.25;

  /** The lines of cells have at least this level of ink, of 255. */
  private static final int LEAST_PRINT = 90;

  private final ScanPainter painter;
  private final List<List<LabelledDigit>> digits;
  private final SplittableRandom random;

  /**
   * @param painter of sheets, margins and shades
   * @param digits to write with, by label 0 to 9; at least one of each, with ink
   */
  NumberPainter(ScanPainter painter, List<List<LabelledDigit>> digits, SplittableRandom random) {
    this.painter = painter;
    this.digits = digits;
    this.random = random;
  }

  /** Draws a number on one sheet; shades are grey, 0 = black and 255 = white. */
  BufferedImage paint(String number) {
    int size = painter.size();
    List<GreyImage> written = written(number, size);
    BufferedImage sheet =
        random.nextDouble() < IN_CELLS ? inCells(written, size) : onLine(written, size);
    painter.shade(sheet);
    return sheet;
  }

  /** Draws each digit of a number on a sheet of its own, all of one paper. */
  List<BufferedImage> paintApart(String number) {
    int size = painter.size();
    List<BufferedImage> sheets = new ArrayList<>();
    for (GreyImage digit : written(number, size)) {
      sheets.add(onLine(List.of(digit), size));
    }
    painter.shade(sheets);
    return sheets;
  }

  private List<GreyImage> written(String number, int size) {
    Hand hand = Hand.any((double) size / DigitImage.WIDTH, random);
    return number
        .chars()
        .mapToObj(digit -> digits.get(digit - '0'))
        .map(some -> hand.write(some.get(random.nextInt(some.size())), random))
        .toList();
  }

  /** Returns 0 = paper and 255 = ink. */
  private BufferedImage onLine(List<GreyImage> written, int size) {
    double space = between(LEAST_SPACE, MOST_SPACE);
    int[] lefts = new int[written.size()];
    int right = 0;
    for (int i = 0; i < lefts.length; i++) {
      GreyImage digit = written.get(i);
      if (i > 0) {
        int narrower = Math.min(digit.width(), written.get(i - 1).width());
        double gap = (space + between(-UNEVEN, UNEVEN)) * narrower;
        lefts[i] = Math.max(lefts[i - 1] + 1, right + (int) Math.round(gap));
      }
      right = Math.max(right, lefts[i] + digit.width());
    }
    int off = (int) Math.ceil(OFF_LINE * size);
    int left = 1 + painter.margin(size);
    int top = 1 + off + painter.margin(size);
    int line = top + highest(written);
    BufferedImage sheet =
        ScanPainter.sheet(
            left + right + 1 + painter.margin(size), line + off + 1 + painter.margin(size));
    for (int i = 0; i < lefts.length; i++) {
      GreyImage digit = written.get(i);
      int lifted = off == 0 ? 0 : random.nextInt(-off, off + 1);
      lay(digit, sheet, left + lefts[i], line - digit.height() + lifted);
    }
    return sheet;
  }

  /** Returns 0 = paper and 255 = ink. */
  private BufferedImage inCells(List<GreyImage> written, int size) {
    int widest = written.stream().mapToInt(GreyImage::width).max().orElseThrow();
    int width = (int) Math.ceil(CELL_WIDTH * widest) + 4;
    int height = (int) Math.ceil(CELL_HEIGHT * highest(written)) + 4;
    int left = 1 + painter.margin(size);
    int top = 1 + painter.margin(size);
    int print = 1 + size / 40;
    BufferedImage sheet =
        ScanPainter.sheet(
            left + written.size() * width + print + 1 + painter.margin(size),
            top + height + print + 1 + painter.margin(size));
    int level = random.nextInt(LEAST_PRINT, 256);
    for (int i = 0; i < written.size(); i++) {
      GreyImage digit = written.get(i);
      int x = left + i * width + print + random.nextInt(1, width - digit.width() - print);
      int y = top + print + random.nextInt(1, height - digit.height() - print);
      lay(digit, sheet, x, y);
      rule(sheet, left + i * width, top, print, height, level);
    }
    rule(sheet, left + written.size() * width, top, print, height + print, level);
    rule(sheet, left, top, written.size() * width, print, level);
    rule(sheet, left, top + height, written.size() * width, print, level);
    return sheet;
  }

  private static int highest(List<GreyImage> written) {
    return written.stream().mapToInt(GreyImage::height).max().orElseThrow();
  }

  private double between(double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  /** Ink that is there already stays where it is darker. */
  private static void lay(GreyImage digit, BufferedImage sheet, int left, int top) {
    byte[] pixels = ScanPainter.pixels(sheet);
    for (int i = 0; i < digit.pixels().length; i++) {
      int at = (top + i / digit.width()) * sheet.getWidth() + left + i % digit.width();
      pixels[at] = (byte) Math.max(pixels[at] & 0xff, digit.pixels()[i] & 0xff);
    }
  }

  private static void rule(
      BufferedImage sheet, int left, int top, int width, int height, int level) {
    byte[] pixels = ScanPainter.pixels(sheet);
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        int at = y * sheet.getWidth() + x;
        pixels[at] = (byte) Math.max(pixels[at] & 0xff, level);
      }
    }
  }
}
