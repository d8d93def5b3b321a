// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;

/**
 * Recognises an image that is in MNIST's form already, so that it can stay what it is. All 70,000
 * images of MNIST have this form: the darkest ink is 254 or 255, the longer side of what is not
 * paper is 19 or 20 pixels, and the centre of mass lies within half a pixel of row and column 14.
 */
final class MnistForm {

  private static final int SIDE = DigitImage.WIDTH;
  private static final int CENTRE = 14;
  private static final double TOLERANCE = 0.53;

  private MnistForm() {}

  /**
   * @param image of any size
   * @param flip what to exclusive-or each with so that 0 is paper: 0 or 255
   */
  static boolean matches(GreyImage image, int flip) {
    if (image.width() != SIDE || image.height() != SIDE) {
      return false;
    }
    long mass = 0;
    long massX = 0;
    long massY = 0;
    int darkest = 0;
    int left = SIDE;
    int right = -1;
    int top = SIDE;
    int bottom = -1;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int ink = (image.pixels()[y * SIDE + x] & 0xff) ^ flip;
        if (ink > 0) {
          mass += ink;
          massX += (long) ink * x;
          massY += (long) ink * y;
          darkest = Math.max(darkest, ink);
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    int longer = Math.max(right - left, bottom - top) + 1;
    return darkest >= 254
        && (longer == 19 || longer == 20)
        && Math.abs((double) massX / mass - CENTRE) <= TOLERANCE
        && Math.abs((double) massY / mass - CENTRE) <= TOLERANCE;
  }

  /** Returns the image with 0 as paper. */
  static byte[] pixels(GreyImage image, int flip) {
    byte[] ink = image.pixels().clone();
    for (int i = 0; i < ink.length; i++) {
      ink[i] ^= (byte) flip;
    }
    return ink;
  }
}
