// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

/** What the JDK's reader of GIF images keeps to itself. */
final class GifHeader {

  private static final int RATIO_AT = 12;

  private GifHeader() {}

  /** Returns how the picture is to be seen: its ratio is 64ths, less 15 (GIF89a, 18). */
  static Presentation presentation(byte[] bytes) {
    int ratio = bytes.length > RATIO_AT ? bytes[RATIO_AT] & 0xff : 0;
    PixelDensity density = ratio == 0 ? PixelDensity.UNKNOWN : new PixelDensity(64, ratio + 15);
    return new Presentation(1, density);
  }
}
