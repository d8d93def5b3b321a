// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import org.digitrecognizer.digit.GreyImage;

/**
 * Which way up an image is, 1 (as stored) to 8, by the Orientation tag of TIFF 6.0 (page 36) that
 * Exif has too.
 */
public final class Orientation {

  private Orientation() {}

  /** Returns the image the right way up. */
  public static GreyImage turn(GreyImage image, int orientation) {
    if (orientation < 2 || orientation > 8) {
      return image;
    }
    boolean transposed = orientation >= 5;
    boolean fromRight =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    boolean fromBottom =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    int width = transposed ? image.height() : image.width();
    int height = transposed ? image.width() : image.height();
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int column = transposed ? y : x;
        int row = transposed ? x : y;
        int storedX = fromRight ? image.width() - 1 - column : column;
        int storedY = fromBottom ? image.height() - 1 - row : row;
        pixels[y * width + x] = image.pixels()[storedY * image.width() + storedX];
      }
    }
    return new GreyImage(width, height, pixels);
  }
}
