// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import java.util.List;
import java.util.Optional;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;

/**
 * Other views of a scan, on which its digit may be found more plainly: without the slow changes of
 * its shade, without its finest grain, and so small that coarser grain is averaged away, too.
 */
public final class ScanViews {

  /** The window whose mean is the paper's shade, to each side, as a share of the longer side. */
  private static final double SHADE = 0.25;

  private static final int LEAST_SHADE = 3;

  /** The window over which grain is averaged, to each side, in pixels. */
  private static final int GRAIN = 1;

  /**
   * The longer side of a scan that is made small. 64 pixels show fewer of the digits that grain
   * hides; a small view without shade shows digits on blank sheets.
   */
  private static final int SMALL = 48;

  /** What is hardly larger is not made small, nor what is so large that its digit may be lost. */
  private static final int LEAST_MADE_SMALL = 60;

  private static final int MOST_MADE_SMALL = 400;

  private static final int MIDDLE_GREY = 128;

  private ScanViews() {}

  /**
   * Returns the scan without its shade, without its grain, and without both, each of the same size;
   * none of a scan no larger than MNIST's images, whose strokes are as fine as grain. More views,
   * smaller or smoother, hardly read more of the real scans right.
   *
   * @param scan of at most some thousand pixels a side
   */
  public static List<GreyImage> of(GreyImage scan) {
    if (isFine(scan)) {
      return List.of();
    }
    GreyImage even = withoutShade(scan);
    return List.of(even, withoutGrain(scan), withoutGrain(even));
  }

  /**
   * Returns the scan without its shade, whose edges may be taken for ink; nothing of a scan no
   * larger than MNIST's images.
   *
   * @param scan of at most some thousand pixels a side
   */
  public static Optional<GreyImage> even(GreyImage scan) {
    return isFine(scan) ? Optional.empty() : Optional.of(withoutShade(scan));
  }

  private static boolean isFine(GreyImage scan) {
    return Math.max(scan.width(), scan.height()) <= DigitImage.WIDTH;
  }

  /**
   * Returns the scan at a size at which grain and print that hide a digit are averaged away, and
   * without what is left of its grain; nothing if it has that size already, or far more.
   */
  public static Optional<GreyImage> small(GreyImage scan) {
    int longer = Math.max(scan.width(), scan.height());
    return longer < LEAST_MADE_SMALL || longer > MOST_MADE_SMALL
        ? Optional.empty()
        : Optional.of(withoutGrain(ScanThumbnail.of(scan, SMALL)));
  }

  /** The difference from the mean around: as far above middle grey, or below it, where it fits. */
  private static GreyImage withoutShade(GreyImage scan) {
    int longer = Math.max(scan.width(), scan.height());
    int[] means = means(scan, Math.max(LEAST_SHADE, (int) (SHADE * longer)));
    byte[] pixels = new byte[means.length];
    for (int i = 0; i < pixels.length; i++) {
      int level = MIDDLE_GREY + (scan.pixels()[i] & 0xff) - means[i];
      pixels[i] = (byte) Math.max(0, Math.min(255, level));
    }
    return new GreyImage(scan.width(), scan.height(), pixels);
  }

  private static GreyImage withoutGrain(GreyImage scan) {
    int[] means = means(scan, GRAIN);
    byte[] pixels = new byte[means.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) means[i];
    }
    return new GreyImage(scan.width(), scan.height(), pixels);
  }

  /**
   * Returns the mean of the square around each pixel, or of what of it lies on the scan, rounded:
   * from the sums of all pixels above and to the left (Crow, SIGGRAPH 1984, Summed-area tables).
   */
  private static int[] means(GreyImage scan, int reach) {
    int width = scan.width();
    int height = scan.height();
    long[] sums = sums(scan);
    int[] means = new int[width * height];
    for (int y = 0; y < height; y++) {
      int top = Math.max(0, y - reach) * (width + 1);
      int bottom = Math.min(height, y + reach + 1) * (width + 1);
      for (int x = 0; x < width; x++) {
        int left = Math.max(0, x - reach);
        int right = Math.min(width, x + reach + 1);
        long sum =
            sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left];
        long area = (long) (right - left) * ((bottom - top) / (width + 1));
        means[y * width + x] = (int) ((sum + area / 2) / area);
      }
    }
    return means;
  }

  /** Returns at each corner of pixels the sum of all that lie above it and to the left. */
  private static long[] sums(GreyImage scan) {
    int width = scan.width();
    long[] sums = new long[(width + 1) * (scan.height() + 1)];
    for (int y = 0; y < scan.height(); y++) {
      long row = 0;
      for (int x = 0; x < width; x++) {
        row += scan.pixels()[y * width + x] & 0xff;
        int corner = (y + 1) * (width + 1) + x + 1;
        sums[corner] = sums[corner - width - 1] + row;
      }
    }
    return sums;
  }
}
