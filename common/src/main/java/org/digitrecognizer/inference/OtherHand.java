// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.inference;

import org.digitrecognizer.digit.DigitImage;

/**
 * The same ink as another hand would have written it, about the middle of the image.
 *
 * @param slant columns to the left for each row further down
 * @param width of what is drawn, as a share of what was written
 * @param height the same
 * @param turn in radians, clockwise
 */
record OtherHand(double slant, double width, double height, double turn) {

  private static final double MIDDLE_X = (DigitImage.WIDTH - 1) / 2.0;
  private static final double MIDDLE_Y = (DigitImage.HEIGHT - 1) / 2.0;

  /** Draws an image, each pixel as a mean of the four it comes from. */
  DigitImage draw(DigitImage written) {
    double cosine = StrictMath.cos(turn);
    double sine = StrictMath.sin(turn);
    byte[] pixels = new byte[DigitImage.SIZE];
    for (int i = 0; i < pixels.length; i++) {
      int row = i / DigitImage.WIDTH;
      double x = i % DigitImage.WIDTH - MIDDLE_X;
      double y = row - MIDDLE_Y;
      double across = (cosine * x + sine * y) / width + slant * y;
      double down = (cosine * y - sine * x) / height;
      pixels[i] = (byte) Math.round(level(written, across + MIDDLE_X, down + MIDDLE_Y));
    }
    return DigitImage.of(pixels);
  }

  private static double level(DigitImage image, double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double right = x - left;
    double below = y - top;
    return (1 - below) * ((1 - right) * ink(image, left, top) + right * ink(image, left + 1, top))
        + below * ((1 - right) * ink(image, left, top + 1) + right * ink(image, left + 1, top + 1));
  }

  private static int ink(DigitImage image, int x, int y) {
    boolean there = x >= 0 && x < DigitImage.WIDTH && y >= 0 && y < DigitImage.HEIGHT;
    return there ? image.ink(y, x) : 0;
  }
}
