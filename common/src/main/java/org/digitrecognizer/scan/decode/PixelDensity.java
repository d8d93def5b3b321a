// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import org.digitrecognizer.digit.GreyImage;

/**
 * How many pixels there are to a unit of length each way. Where they differ, as in a fax of 204x98
 * dpi, pixels are not square, and a digit is wider or higher than it was written.
 *
 * @param horizontal pixels a unit from left to right; not positive, or no number, if not known
 * @param vertical pixels a unit from top to bottom, in the same unit
 */
public record PixelDensity(double horizontal, double vertical) {

  /** Where nothing says otherwise, pixels are square. */
  static final PixelDensity UNKNOWN = new PixelDensity(0, 0);

  /** Densities that differ by less are taken for one that was rounded. */
  private static final double LEAST_DIFFERENCE = 0.03;

  /** Densities that differ by more are taken for a mistake of who wrote them. */
  private static final double MOST_RATIO = 4;

  /** Whether this says that pixels are not square. */
  boolean isOblong() {
    double ratio = horizontal / vertical;
    return horizontal > 0
        && vertical > 0
        && Math.max(ratio, 1 / ratio) >= 1 + LEAST_DIFFERENCE
        && Math.max(ratio, 1 / ratio) <= MOST_RATIO;
  }

  /**
   * Returns the image with square pixels: stretched along the side that has fewer, so that nothing
   * of it is lost.
   *
   * @param mostPixels an image that would have more is shrunk along its other side instead
   */
  public GreyImage square(GreyImage image, long mostPixels) {
    if (!isOblong()) {
      return image;
    }
    double ratio = horizontal / vertical;
    boolean fits = image.pixels().length * Math.max(ratio, 1 / ratio) <= mostPixels;
    return ratio > 1 == fits
        ? OneWayScaling.toHeight(image, scaled(image.height(), ratio))
        : OneWayScaling.toWidth(image, scaled(image.width(), 1 / ratio));
  }

  private static int scaled(int length, double ratio) {
    return (int) Math.max(1, Math.round(length * ratio));
  }
}
