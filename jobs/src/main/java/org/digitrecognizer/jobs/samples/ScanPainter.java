// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;
import java.util.SplittableRandom;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.scan.DrawnPaper;

/**
 * Draws digits as a scanner sees them: of many sizes, off centre on a larger sheet, dark on light
 * or light on dark, paper and ink of varying grey. Not for two threads at once.
 */
final class ScanPainter {

  /** The most that paper and ink are off white and black, of 255 levels. */
  private static final int MOST_PAPER_SHADE = 40;

  private static final int MOST_INK_SHADE = 80;

  private final int minSize;
  private final int maxSize;
  private final SplittableRandom random;
  private final CubicResizer resizer;
  private final byte[] shades = new byte[256];

  /** Null where paper is of one shade. */
  private final DrawnPaper paper;

  /**
   * @param minSize the smallest side of a digit's frame, in pixels
   * @param maxSize the largest
   * @param paper that digits are drawn on; null for sheets of one shade
   */
  ScanPainter(int minSize, int maxSize, SplittableRandom random, DrawnPaper paper) {
    this.paper = paper;
    this.minSize = minSize;
    this.maxSize = maxSize;
    this.random = random;
    this.resizer = new CubicResizer(DigitImage.WIDTH, maxSize);
  }

  /** Draws a digit; shades are grey, 0 = black and 255 = white. */
  BufferedImage paint(DigitImage image) {
    int size = size();
    int x = margin(size);
    int y = margin(size);
    BufferedImage sheet = sheet(x + size + margin(size), y + size + margin(size));
    draw(image, sheet, x, y, size);
    shade(sheet);
    return sheet;
  }

  /** Draws how large a digit's frame is, in pixels. */
  int size() {
    return random.nextInt(minSize, maxSize + 1);
  }

  /** Draws two digits side by side on one sheet. */
  BufferedImage paintPair(DigitImage left, DigitImage right) {
    int size = maxSize;
    BufferedImage sheet = sheet(2 * size, size);
    draw(left, sheet, 0, 0, size);
    draw(right, sheet, size, 0, size);
    shade(sheet);
    return sheet;
  }

  /** Returns a sheet with nothing on it. */
  BufferedImage paintNothing() {
    BufferedImage sheet = sheet(maxSize, maxSize);
    shade(sheet);
    return sheet;
  }

  /** Frames have paper around the ink already, so there is something left if this is 0. */
  int margin(int size) {
    return random.nextInt(size / 4 + 1);
  }

  static BufferedImage sheet(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
  }

  private void draw(DigitImage image, BufferedImage sheet, int x, int y, int size) {
    int width = sheet.getWidth();
    resizer.resize(image.pixels(), size, pixels(sheet), y * width + x, width);
  }

  /** Makes of 0 = paper and 255 = ink the shades of this sheet's paper and ink. */
  void shade(BufferedImage sheet) {
    shade(List.of(sheet));
  }

  /** The same for sheets of one paper and one pen. */
  void shade(List<BufferedImage> sheets) {
    if (paper != null) {
      sheets.forEach(this::layOnPaper);
      return;
    }
    int white = 255 - random.nextInt(MOST_PAPER_SHADE);
    int ink = random.nextInt(MOST_INK_SHADE);
    boolean inverted = random.nextBoolean();
    for (int i = 0; i < shades.length; i++) {
      int level = white + (ink - white) * i / 255;
      shades[i] = (byte) (inverted ? 255 - level : level);
    }
    for (BufferedImage sheet : sheets) {
      byte[] pixels = pixels(sheet);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = shades[pixels[i] & 0xff];
      }
    }
  }

  private void layOnPaper(BufferedImage sheet) {
    byte[] pixels = pixels(sheet);
    GreyImage drawn = paper.with(new GreyImage(sheet.getWidth(), sheet.getHeight(), pixels));
    System.arraycopy(drawn.pixels(), 0, pixels, 0, pixels.length);
  }

  static byte[] pixels(BufferedImage sheet) {
    return ((DataBufferByte) sheet.getRaster().getDataBuffer()).getData();
  }
}
