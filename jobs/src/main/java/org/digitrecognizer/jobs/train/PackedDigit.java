package org.digitrecognizer.jobs.train;

import java.util.Arrays;
import org.digitrecognizer.digit.DigitImage;

/**
 * A labelled digit as 785 bytes, the label first: what a shuffle moves in the fewest bytes and
 * objects.
 */
final class PackedDigit {

  private PackedDigit() {}

  /**
   * @param pixels 784 bytes, 0 = paper and 255 = ink
   */
  static byte[] pack(int label, byte[] pixels) {
    byte[] packed = new byte[1 + DigitImage.SIZE];
    packed[0] = (byte) label;
    System.arraycopy(pixels, 0, packed, 1, DigitImage.SIZE);
    return packed;
  }

  static int label(byte[] packed) {
    return packed[0];
  }

  /** Returns 784 bytes, 0 = paper and 255 = ink. */
  static byte[] pixels(byte[] packed) {
    return Arrays.copyOfRange(packed, 1, packed.length);
  }

  /** Writes 784 floats, 0 = paper and 1 = ink. */
  static void copyPixels(byte[] packed, float[] target, int offset) {
    for (int i = 0; i < DigitImage.SIZE; i++) {
      target[offset + i] = Byte.toUnsignedInt(packed[1 + i]) / 255f;
    }
  }
}
