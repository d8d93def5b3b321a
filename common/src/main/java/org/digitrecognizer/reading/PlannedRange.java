// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * Joins ranges that follow one another in a file, so that it is opened once for all.
   *
   * @param ranges in the order of the files
   */
  public static List<PlannedRange> joined(List<PlannedRange> ranges) {
    List<PlannedRange> joined = new ArrayList<>();
    for (PlannedRange next : ranges) {
      PlannedRange last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && last.isFollowedBy(next)) {
        ArchiveRange both = last.range.with(next.range);
        joined.set(joined.size() - 1, new PlannedRange(last.path, last.modified, both, null));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  private boolean isFollowedBy(PlannedRange next) {
    boolean readable = rejection == null && next.rejection == null;
    return readable
        && path.equals(next.path)
        && modified == next.modified
        && range.isFollowedBy(next.range);
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
