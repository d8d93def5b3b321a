// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.digitrecognizer.digit.GreyImage;

/** Draws MNIST digits as scans of other sizes, with Java's own graphics. */
public final class Drawing {

  private Drawing() {}

  /** Returns a digit's 28x28 pixels as a picture, ink white. */
  public static BufferedImage picture(byte[] pixels, int width) {
    BufferedImage picture =
        new BufferedImage(width, pixels.length / width, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setDataElements(0, 0, width, pixels.length / width, pixels);
    return picture;
  }

  /**
   * Draws a picture onto a larger black sheet.
   *
   * @param shownWidth how many pixels of the sheet the picture takes
   */
  public static GreyImage draw(
      BufferedImage picture,
      int shownWidth,
      int shownHeight,
      int sheetWidth,
      int sheetHeight,
      int x,
      int y) {
    BufferedImage sheet = new BufferedImage(sheetWidth, sheetHeight, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(picture, x, y, shownWidth, shownHeight, null);
    graphics.dispose();
    byte[] pixels = new byte[sheetWidth * sheetHeight];
    sheet.getRaster().getDataElements(0, 0, sheetWidth, sheetHeight, pixels);
    return new GreyImage(sheetWidth, sheetHeight, pixels);
  }

  /** Draws a digit on a sheet of a size, a little off centre. */
  public static GreyImage scan(byte[] digit, int size, int seed) {
    int margin = Math.max(1, size / 8);
    int x = Math.floorMod(seed * 7, 2 * margin);
    int y = Math.floorMod(seed * 13, 2 * margin);
    return draw(picture(digit, 28), size, size, size + 2 * margin, size + 2 * margin, x, y);
  }

  /** Two digits cut to their ink, with a gap of so many pixels between them, at 28 pixels each. */
  public static BufferedImage pair(byte[] first, byte[] second, int gap) {
    int[] a = columns(first);
    int[] b = columns(second);
    int width = 4 + a[1] - a[0] + gap + b[1] - b[0] + 4;
    byte[] pixels = new byte[width * 28];
    for (int y = 0; y < 28; y++) {
      System.arraycopy(first, y * 28 + a[0], pixels, y * width + 4, a[1] - a[0]);
      int at = 4 + a[1] - a[0] + gap;
      System.arraycopy(second, y * 28 + b[0], pixels, y * width + at, b[1] - b[0]);
    }
    return picture(pixels, width);
  }

  /** A digit cut to its ink on all sides. */
  static BufferedImage cut(byte[] digit) {
    int[] columns = columns(digit);
    int from = 0;
    int to = 0;
    for (int i = 0; i < digit.length; i++) {
      if (digit[i] != 0) {
        from = to == 0 ? i / 28 : from;
        to = i / 28 + 1;
      }
    }
    return picture(digit, 28).getSubimage(columns[0], from, columns[1] - columns[0], to - from);
  }

  private static int[] columns(byte[] digit) {
    int from = 28;
    int to = 0;
    for (int i = 0; i < digit.length; i++) {
      if (digit[i] != 0) {
        from = Math.min(from, i % 28);
        to = Math.max(to, i % 28 + 1);
      }
    }
    return new int[] {from, to};
  }

  /** The same with black and white exchanged. */
  static GreyImage inverted(GreyImage image) {
    byte[] pixels = image.pixels().clone();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ~pixels[i];
    }
    return new GreyImage(image.width(), image.height(), pixels);
  }

  static GreyImage blank(int width, int height, int level) {
    byte[] pixels = new byte[width * height];
    Arrays.fill(pixels, (byte) level);
    return new GreyImage(width, height, pixels);
  }
}
