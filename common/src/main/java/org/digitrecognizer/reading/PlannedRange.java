// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.Serializable;
import org.digitrecognizer.archive.ArchiveFormat;
import org.digitrecognizer.archive.ArchiveRange;
import org.digitrecognizer.digit.Rejection;

/**
 * A range of a file, as the plan of a batch has it.
 *
 * @param path of the file, any Hadoop URI
 * @param modified when the file was last changed, in milliseconds since 1970
 * @param range of its entries; of a file that could not be planned, a single one
 * @param rejection why the file cannot be read at all; null if it can
 */
public record PlannedRange(String path, long modified, ArchiveRange range, Rejection rejection)
    implements Serializable {

  /** A scan of this many bytes is as much work as one image; larger ones count for several. */
  private static final long BYTES_AN_IMAGE = 32 << 10;

  /** Images in a compressed tar cannot be counted; small ones take about so much each. */
  private static final long PACKED_BYTES_AN_IMAGE = 1 << 10;

  /** A file that cannot be read. */
  public static PlannedRange rejected(
      String path, long modified, long length, Rejection rejection) {
    ArchiveRange single =
        new ArchiveRange(ArchiveFormat.GONE, length, 0, 0, 1, 1, 0, 0, ArchiveRange.NONE);
    return new PlannedRange(path, modified, single, rejection);
  }

  /**
   * An archive in which there is nothing to read: no place in it, and one thing to say about it.
   */
  public static PlannedRange empty(String path, long modified, ArchiveFormat format, long length) {
    ArchiveRange nothing = new ArchiveRange(format, length, 0, 0, 0, 1, 0, 0, ArchiveRange.NONE);
    return new PlannedRange(path, modified, nothing, null);
  }

  boolean isEmpty() {
    return range.places() == 0;
  }

  boolean hasCountedImages() {
    return range.files() != ArchiveRange.UNKNOWN;
  }

  /**
   * Returns how many images there are at the least, rejects included: one where they cannot be
   * counted, since even an archive that turns out to hold nothing is a reject.
   */
  public long images() {
    return hasCountedImages() ? range.files() : 1;
  }

  /** Returns how much work it is about, in images, at least 1. */
  public long weight() {
    long byBytes = range.bytes() / (hasCountedImages() ? BYTES_AN_IMAGE : PACKED_BYTES_AN_IMAGE);
    return Math.max(1, Math.max(range.files(), byBytes));
  }
}
