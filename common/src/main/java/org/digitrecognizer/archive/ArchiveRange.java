// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import java.io.Serializable;

/**
 * Some neighbouring entries of an archive: all that a reader needs besides the path, in a few
 * numbers, so that the plan of a million entries is a small table.
 *
 * <p>An entry's ordinal is its place in the archive, from 0, counting all of its entries:
 * directories and hidden files too, which are never yielded.
 *
 * @param format what the file is
 * @param fileLength length of the file when it was planned, in bytes
 * @param offset where in the file the range's first header is, in bytes: in the central directory
 *     of a zip, before the entry itself in all others
 * @param firstOrdinal ordinal of the first entry
 * @param places how many ordinals the range covers, or {@link #UNKNOWN}: all up to the end
 * @param files how many of them are files that are yielded or rejected, or {@link #UNKNOWN}
 * @param bytes bytes of the archive that the entries take up, about: a measure of the work
 * @param zipStart what to add to the offsets that a zip's directory names; 0 unless something
 *     stands in front of the zip
 * @param previousHeader where in a zip's central directory the entry is that reaches furthest of
 *     all before the range, in bytes of the file; or {@link #NONE}, or {@link #OVERFULL}
 */
public record ArchiveRange(
    ArchiveFormat format,
    long fileLength,
    long offset,
    long firstOrdinal,
    long places,
    long files,
    long bytes,
    long zipStart,
    long previousHeader)
    implements Serializable {

  /** The number of entries can only be told by reading them. */
  public static final long UNKNOWN = -1;

  /** There is no entry before the range. */
  public static final long NONE = -1;

  /** The entries before the range claim more bytes than there are, so all of it is corrupt. */
  public static final long OVERFULL = -2;

  /** A range from a place in a file to the end of it. */
  public static ArchiveRange toEnd(
      ArchiveFormat format, long fileLength, long offset, long ordinal) {
    long bytes = Math.max(0, fileLength - offset);
    return new ArchiveRange(format, fileLength, offset, ordinal, UNKNOWN, UNKNOWN, bytes, 0, NONE);
  }

  /** A file that is one entry, or one rejection. */
  static ArchiveRange single(ArchiveFormat format, long fileLength) {
    return new ArchiveRange(format, fileLength, 0, 0, 1, 1, fileLength, 0, NONE);
  }

  public boolean isCounted() {
    return places != UNKNOWN;
  }

  /** Whether another range of the same file begins where this one ends, and can be read with it. */
  public boolean isFollowedBy(ArchiveRange next) {
    return format == next.format
        && fileLength == next.fileLength
        && isCounted()
        && next.isCounted()
        && next.firstOrdinal == firstOrdinal + places
        && next.previousHeader != OVERFULL;
  }

  /** Returns a range of this one's entries and of those of the one that follows it. */
  public ArchiveRange with(ArchiveRange next) {
    return new ArchiveRange(
        format,
        fileLength,
        offset,
        firstOrdinal,
        places + next.places,
        files + next.files,
        bytes + next.bytes,
        zipStart,
        previousHeader);
  }
}
