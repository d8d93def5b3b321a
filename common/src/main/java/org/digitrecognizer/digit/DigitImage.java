// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.digit;

import java.io.Serializable;
import java.util.Arrays;

/**
 * One digit as MNIST has it: 28 rows of 28 pixels, row by row, a byte each, 0 = paper and 255 =
 * ink. A value: the pixels are copied in and out.
 */
public final class DigitImage implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Rows of an image. */
  public static final int HEIGHT = 28;

  /** Pixels of a row. */
  public static final int WIDTH = 28;

  /** Bytes of an image. */
  public static final int SIZE = HEIGHT * WIDTH;

  /** How many digits there are: the classes are 0 to 9. */
  public static final int CLASSES = 10;

  private final byte[] pixels;

  private DigitImage(byte[] pixels) {
    this.pixels = pixels;
  }

  /**
   * @param pixels {@value #SIZE} bytes, row by row, unsigned, 0 = paper and 255 = ink; copied
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static DigitImage of(byte[] pixels) {
    if (pixels.length != SIZE) {
      throw new IllegalArgumentException(
          "A digit image has " + SIZE + " pixels, not " + pixels.length);
    }
    return new DigitImage(pixels.clone());
  }

  /** Returns a copy of the {@value #SIZE} bytes, row by row, unsigned, 0 = paper and 255 = ink. */
  public byte[] pixels() {
    return pixels.clone();
  }

  /**
   * Returns the ink at a place, 0 (paper) to 255 (ink).
   *
   * @param row 0 (top) to 27
   * @param column 0 (left) to 27
   */
  public int ink(int row, int column) {
    return Byte.toUnsignedInt(pixels[row * WIDTH + column]);
  }

  /**
   * Writes the image as floats between 0 (paper) and 1 (ink), row by row.
   *
   * @param target receives {@value #SIZE} floats
   * @param offset where the first goes
   */
  public void copyTo(float[] target, int offset) {
    for (int i = 0; i < SIZE; i++) {
      target[offset + i] = Byte.toUnsignedInt(pixels[i]) / 255f;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DigitImage image && Arrays.equals(pixels, image.pixels);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pixels);
  }
}
