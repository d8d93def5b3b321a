// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.digit;

import java.io.Serializable;

/**
 * An image in shades of grey as it was decoded. Which shade is ink is not known yet. The pixels are
 * not copied: whoever holds the image leaves them alone.
 *
 * @param width pixels of a row, at least 1
 * @param height rows, at least 1
 * @param pixels row by row, a byte each, unsigned, 0 = black and 255 = white
 */
@SuppressWarnings("ArrayRecordComponent") // Copying megapixels for an equals nobody calls.
public record GreyImage(int width, int height, byte[] pixels) implements Serializable {

  /**
   * @throws IllegalArgumentException if there are more or fewer pixels than the size says
   */
  public GreyImage {
    if (width < 1 || height < 1 || pixels.length != (long) width * height) {
      throw new IllegalArgumentException(
          "An image of " + width + "x" + height + " cannot have " + pixels.length + " pixels");
    }
  }
}
