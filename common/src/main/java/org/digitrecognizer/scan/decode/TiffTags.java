// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.decode;

import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageMetadata;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** What the tags of a TIFF image say that its reader does not look at (TIFF 6.0, section 8). */
final class TiffTags {

  static final int WHITE_IS_ZERO = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int MASK = 4;

  /** None, fax, LZW, JPEG, Deflate, PackBits. */
  private static final Set<Integer> READ = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946, 50013);

  private static final Set<Integer> JPEG = Set.of(6, 7);

  private static final Map<Integer, String> NAMES =
      Map.of(
          34661, "JBIG",
          34712, "JPEG 2000",
          34887, "LERC",
          34925, "LZMA",
          50000, "Zstandard",
          50001, "WebP",
          50002, "JPEG XL");

  /** Films and logarithms of light. */
  private static final Set<Integer> NOT_READ = Set.of(32803, 32844, 32845, 34892);

  private static final int UNSIGNED = 1;
  private static final int UNDEFINED = 4;
  private static final int ASSOCIATED_ALPHA = 1;
  private static final int ALPHA = 2;

  private final TIFFImageMetadata metadata;

  TiffTags(TIFFImageMetadata metadata) {
    this.metadata = metadata;
  }

  /** Returns the number of a tag, the first if it has several. */
  int number(int tag, int absent) {
    long[] numbers = numbers(tag);
    return numbers.length == 0 ? absent : (int) numbers[0];
  }

  long[] numbers(int tag) {
    Entry entry = metadata.getTIFFField(tag);
    Object value = entry == null ? null : entry.getValue();
    if (value instanceof Number number) {
      return new long[] {number.longValue()};
    } else if (value instanceof short[] numbers) {
      long[] longs = new long[numbers.length];
      for (int i = 0; i < longs.length; i++) {
        longs[i] = Short.toUnsignedLong(numbers[i]);
      }
      return longs;
    } else if (value instanceof int[] numbers) {
      return Arrays.stream(numbers).asLongStream().toArray();
    }
    return value instanceof long[] numbers ? numbers : new long[0];
  }

  int photometric() {
    return number(TIFF.TAG_PHOTOMETRIC_INTERPRETATION, 1);
  }

  /** Returns what is not read of it, for people; null if all is. */
  String unreadable() {
    int compression = number(TIFF.TAG_COMPRESSION, 1);
    if (!READ.contains(compression)) {
      String name = NAMES.getOrDefault(compression, "method " + compression);
      return "The TIFF image is compressed with "
          + name
          + ", which is not read; save it with LZW, Deflate, fax or no compression";
    }
    return NOT_READ.contains(photometric())
        ? "The TIFF image holds what a sensor measured, not a picture (photometric interpretation "
            + photometric()
            + "), which is not read"
        : null;
  }

  /**
   * Whether its reader makes of the samples what they are. Samples beside those of the colour it
   * takes for alpha or stumbles over, and what is not from 0 to 1 among floating points it cuts
   * off.
   */
  boolean areSamplesRead() {
    int format = number(TIFF.TAG_SAMPLE_FORMAT, UNSIGNED);
    boolean plain = format == UNSIGNED || format == UNDEFINED;
    boolean usual = plain && samples() == colours() && number(TIFF.TAG_BITS_PER_SAMPLE, 1) <= 16;
    return usual
        || photometric() > PALETTE
        || samples() < colours()
        || JPEG.contains(number(TIFF.TAG_COMPRESSION, 1));
  }

  boolean isUnsigned() {
    return number(TIFF.TAG_SAMPLE_FORMAT, UNSIGNED) == UNSIGNED;
  }

  /** Returns how many samples of a pixel are its colour; behind them are the others. */
  int colours() {
    return photometric() == RGB ? 3 : 1;
  }

  private int samples() {
    return number(TIFF.TAG_SAMPLES_PER_PIXEL, 1);
  }

  /** Returns which sample of a pixel is alpha, or -1. Without any word on it the first other is. */
  int alphaBand() {
    long[] extra = numbers(TIFF.TAG_EXTRA_SAMPLES);
    for (int i = 0; i < extra.length; i++) {
      if (extra[i] == ALPHA || extra[i] == ASSOCIATED_ALPHA) {
        return colours() + i;
      }
    }
    return extra.length == 0 && samples() > colours() ? colours() : -1;
  }

  boolean isAlphaPremultiplied() {
    long[] extra = numbers(TIFF.TAG_EXTRA_SAMPLES);
    int index = alphaBand() - colours();
    return index >= 0 && index < extra.length && extra[index] == ASSOCIATED_ALPHA;
  }

  Presentation presentation() {
    PixelDensity density =
        new PixelDensity(ratio(TIFF.TAG_X_RESOLUTION), ratio(TIFF.TAG_Y_RESOLUTION));
    return new Presentation(number(TIFF.TAG_ORIENTATION, 1), density);
  }

  private double ratio(int tag) {
    Entry entry = metadata.getTIFFField(tag);
    return entry != null && entry.getValue() instanceof Number number ? number.doubleValue() : 0;
  }
}
