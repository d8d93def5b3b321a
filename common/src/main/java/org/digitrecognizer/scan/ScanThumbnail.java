// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.scan.normalise.Shrinking;

/** Makes scans small enough to keep many of them, and leaves them large enough to be read. */
public final class ScanThumbnail {

  /** No side of a thumbnail has more pixels. */
  public static final int MOST_PIXELS = 160;

  private ScanThumbnail() {}

  /**
   * Returns the scan, its longer side shrunk to {@value #MOST_PIXELS} pixels if it is longer; a new
   * pixel is the mean of all that it covers, if only in part.
   */
  public static GreyImage of(GreyImage scan) {
    return of(scan, MOST_PIXELS);
  }

  /**
   * Returns the scan, its longer side shrunk to so many pixels if it is longer.
   *
   * @param mostPixels at least 1
   */
  public static GreyImage of(GreyImage scan, int mostPixels) {
    int longest = Math.max(scan.width(), scan.height());
    if (longest <= mostPixels) {
      return scan;
    }
    int width = side(scan.width(), longest, mostPixels);
    int height = side(scan.height(), longest, mostPixels);
    return Shrinking.to(scan, width, height);
  }

  private static int side(int length, int longest, int mostPixels) {
    return Math.max(1, Math.round((float) length * mostPixels / longest));
  }
}
