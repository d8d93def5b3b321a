// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import java.util.Arrays;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;

/**
 * A labelled digit as 785 bytes, the label first: what a shuffle moves in the fewest bytes and
 * objects.
 */
public final class PackedDigit {

  private PackedDigit() {}

  public static byte[] pack(LabelledDigit digit) {
    byte[] packed = new byte[1 + DigitImage.SIZE];
    packed[0] = (byte) digit.label();
    System.arraycopy(digit.image().pixels(), 0, packed, 1, DigitImage.SIZE);
    return packed;
  }

  public static LabelledDigit unpack(byte[] packed) {
    DigitImage image = DigitImage.of(Arrays.copyOfRange(packed, 1, packed.length));
    return new LabelledDigit(image, packed[0]);
  }
}
