// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.scan.ScanLimits;

/**
 * How a stored image is to be seen.
 *
 * @param orientation 1 (as stored) to 8
 * @param density of the stored pixels
 */
record Presentation(int orientation, PixelDensity density) {

  static final Presentation AS_STORED = new Presentation(1, PixelDensity.UNKNOWN);

  /** The density counts that says more than that pixels are square, which many write unasked. */
  Presentation withDensity(PixelDensity said) {
    return said.isOblong() ? new Presentation(orientation, said) : this;
  }

  /** Returns the image with square pixels, the right way up. */
  GreyImage apply(GreyImage image, ScanLimits limits) {
    return Orientation.turn(density.square(image, limits.pixels()), orientation);
  }
}
