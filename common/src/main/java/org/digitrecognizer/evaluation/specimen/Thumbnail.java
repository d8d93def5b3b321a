// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.specimen;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.digitrecognizer.digit.GreyImage;

/**
 * A scan, made small enough to travel and to be shown by the hundred. No record: Spark may be set
 * to serialize with Kryo, which cannot do records.
 */
final class Thumbnail implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Neither side is longer, in pixels. */
  static final int MOST = 96;

  private final int width;
  private final int height;
  private final byte[] pixels;

  private Thumbnail(int width, int height, byte[] pixels) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  /** Returns a copy of the scan, shrunk if it has to be; null if there is none. */
  static Thumbnail orNull(Optional<GreyImage> scan) {
    return scan.map(Thumbnail::of).orElse(null);
  }

  private static Thumbnail of(GreyImage scan) {
    int longest = Math.max(scan.width(), scan.height());
    if (longest <= MOST) {
      return new Thumbnail(scan.width(), scan.height(), scan.pixels().clone());
    }
    int width = side(scan.width(), longest);
    int height = side(scan.height(), longest);
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = mean(scan, x, y, width, height);
      }
    }
    return new Thumbnail(width, height, pixels);
  }

  /** Returns the image; null becomes empty. */
  static Optional<GreyImage> image(Thumbnail thumbnail) {
    return Optional.ofNullable(thumbnail)
        .map(some -> new GreyImage(some.width, some.height, some.pixels.clone()));
  }

  /** Orders by size and pixels; null comes first. */
  static int compare(Thumbnail a, Thumbnail b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    int byWidth = Integer.compare(a.width, b.width);
    return byWidth != 0 ? byWidth : Arrays.compare(a.pixels, b.pixels);
  }

  private static int side(int length, int longest) {
    return Math.max(1, Math.round((float) length * MOST / longest));
  }

  /** Returns the mean shade of all pixels that a new one covers, if only in part. */
  private static byte mean(GreyImage scan, int x, int y, int width, int height) {
    int left = (int) ((long) x * scan.width() / width);
    int right = (int) (((x + 1L) * scan.width() + width - 1) / width);
    int top = (int) ((long) y * scan.height() / height);
    int bottom = (int) (((y + 1L) * scan.height() + height - 1) / height);
    long sum = 0;
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        sum += Byte.toUnsignedInt(scan.pixels()[row * scan.width() + column]);
      }
    }
    long area = (long) (right - left) * (bottom - top);
    return (byte) ((sum + area / 2) / area);
  }
}
