// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What Exif tags say about how an image is to be seen (Exif 2.32, 4.6.2; in JPEG and PNG alike). A
 * damaged tag is no reason to refuse a picture that can be seen: it says nothing.
 */
final class ExifTags {

  private static final int ORIENTATION = 274;
  private static final int X_RESOLUTION = 282;
  private static final int Y_RESOLUTION = 283;
  private static final int SHORT = 3;
  private static final int RATIONAL = 5;
  private static final int ENTRY = 12;

  /** JPEG has it before the tags, and some programs write it into PNG, too. */
  private static final byte[] MARK = {'E', 'x', 'i', 'f', 0, 0};

  private ExifTags() {}

  /**
   * Reads the first directory.
   *
   * @param bytes that hold the tags in TIFF's form, after the mark of Exif or without it
   * @param from where they begin
   */
  static Presentation read(byte[] bytes, int from, int length) {
    int mark = isMarked(bytes, from, length) ? MARK.length : 0;
    if (length < mark + 8) {
      return Presentation.AS_STORED;
    }
    ByteBuffer tags = ByteBuffer.wrap(bytes, from + mark, length - mark).slice();
    tags.order(tags.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    try {
      return read(tags);
    } catch (IndexOutOfBoundsException e) {
      return Presentation.AS_STORED;
    }
  }

  /** Whether the mark of Exif stands there. */
  static boolean isMarked(byte[] bytes, int from, int length) {
    return length >= MARK.length
        && Arrays.equals(bytes, from, from + MARK.length, MARK, 0, MARK.length);
  }

  private static Presentation read(ByteBuffer tags) {
    int directory = tags.getInt(4);
    int count = Short.toUnsignedInt(tags.getShort(directory));
    int orientation = 1;
    double horizontal = 0;
    double vertical = 0;
    for (int i = 0; i < count; i++) {
      int entry = directory + 2 + i * ENTRY;
      int type = tags.getShort(entry + 2);
      switch (tags.getShort(entry)) {
        case ORIENTATION -> orientation = type == SHORT ? tags.getShort(entry + 8) : 1;
        case X_RESOLUTION -> horizontal = type == RATIONAL ? rational(tags, entry) : 0;
        case Y_RESOLUTION -> vertical = type == RATIONAL ? rational(tags, entry) : 0;
        default -> {}
      }
    }
    return new Presentation(orientation, new PixelDensity(horizontal, vertical));
  }

  private static double rational(ByteBuffer tags, int entry) {
    int at = tags.getInt(entry + 8);
    return (double) Integer.toUnsignedLong(tags.getInt(at))
        / Integer.toUnsignedLong(tags.getInt(at + 4));
  }
}
