// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import java.io.Serializable;

/**
 * What stops a bomb before it unpacks. An entry is handed out whole, so {@code entryBytes} times
 * the tasks of an executor must fit its memory.
 *
 * @param entryBytes an entry that unpacks to more is too large
 * @param ratio an entry that unpacks to more than this many times its packed size is too large; for
 *     a compressed tar, all of it up to the place that is being read
 * @param ratioFreeBytes the ratio is not looked at until this much is unpacked: a scanned page that
 *     is all white shrinks a thousandfold
 */
public record ArchiveLimits(long entryBytes, int ratio, long ratioFreeBytes)
    implements Serializable {

  /** 64 MiB an entry, and a ratio of 200 beyond the 16 MiB that a page of grey at 300 dpi fits. */
  public static final ArchiveLimits DEFAULT = new ArchiveLimits(64L << 20, 200, 16L << 20);

  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 16L;

  /**
   * @throws IllegalArgumentException if an entry may have less than 1 byte or more than an array
   *     holds, the ratio is below 1 or the free bytes below 0
   */
  public ArchiveLimits {
    if (entryBytes < 1 || entryBytes > LARGEST_ARRAY || ratio < 1 || ratioFreeBytes < 0) {
      throw new IllegalArgumentException(
          "Limits out of range: %d bytes an entry, ratio %d, from %d bytes on"
              .formatted(entryBytes, ratio, ratioFreeBytes));
    }
  }

  public boolean isBomb(long packed, long unpacked) {
    return unpacked > ratioFreeBytes && unpacked / ratio > packed;
  }
}
