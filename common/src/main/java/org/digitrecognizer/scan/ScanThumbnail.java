package org.digitrecognizer.scan;

import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.scan.normalise.Shrinking;

/** Makes scans small enough to keep many of them, for people to look at. */
public final class ScanThumbnail {

  /** No side of a thumbnail has more pixels. */
  public static final int MOST_PIXELS = 96;

  private ScanThumbnail() {}

  /**
   * Returns the scan, shrunk by a whole factor if it is larger than {@value #MOST_PIXELS} pixels
   * either way.
   */
  public static GreyImage of(GreyImage scan) {
    int longer = Math.max(scan.width(), scan.height());
    return longer <= MOST_PIXELS
        ? scan
        : Shrinking.by(scan, (longer + MOST_PIXELS - 1) / MOST_PIXELS);
  }
}
