// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import java.io.Serializable;

/**
 * How large a range of entries may be.
 *
 * @param entries it has at most so many, at least 1
 * @param bytes it ends with the entry that reaches so many bytes of the archive, at least 1
 */
public record RangeSize(long entries, long bytes) implements Serializable {

  /** A file is not split into smaller ranges than this for there to be more of them. */
  private static final long LEAST_BYTES = 128 << 10;

  public RangeSize {
    if (entries < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "A range has at least 1 entry and 1 byte, not " + entries + " and " + bytes);
    }
  }

  /** Returns a size of which a file has about so many ranges, or more. */
  RangeSize ofFile(long length, int parts) {
    long even = Math.max(LEAST_BYTES, length / parts);
    return even < bytes ? new RangeSize(entries, even) : this;
  }

  /** Whether no further entry belongs to a range. */
  public boolean isFull(long entriesThere, long bytesThere) {
    return entriesThere >= entries || bytesThere >= bytes;
  }
}
