// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import java.io.Serializable;

/**
 * What one file may ask of the memory and time of a night.
 *
 * @param bytes of the file itself, at most {@value #MOST_BYTES}
 * @param pixels of one page, as the file's header or the page's size says before it is decoded; a
 *     pixel takes up to eight bytes of memory while it is
 * @param pages of the file
 * @param pageSeconds of processor time to open a document of PDF, and to decode each of its pages:
 *     a process of its own does it then, which is ended when it takes longer; 0 = no limit, in this
 *     process
 */
public record ScanLimits(long bytes, long pixels, int pages, int pageSeconds)
    implements Serializable {

  /** What fits an array. */
  public static final long MOST_BYTES = Integer.MAX_VALUE - 64L;

  /** 64 MiB, 50 megapixels (A3 at 300 dpi has 17), 1000 pages, without a limit on time. */
  public static final ScanLimits DEFAULT = new ScanLimits(64L << 20, 50_000_000, 1000);

  /**
   * @throws IllegalArgumentException if a limit is not positive or beyond what an array holds
   */
  public ScanLimits {
    boolean positive = bytes > 0 && pixels > 0 && pages > 0 && pageSeconds >= 0;
    if (!positive || bytes > MOST_BYTES || pixels > MOST_BYTES) {
      throw new IllegalArgumentException(
          "Limits are 1 to " + MOST_BYTES + ", not " + bytes + ", " + pixels + ", " + pages);
    }
  }

  /** Returns limits without one on time. */
  public ScanLimits(long bytes, long pixels, int pages) {
    this(bytes, pixels, pages, 0);
  }
}
