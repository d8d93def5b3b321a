// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.zip;

import java.io.IOException;
import org.digitrecognizer.archive.ArchiveFormat;
import org.digitrecognizer.archive.ArchivePlan;
import org.digitrecognizer.archive.ArchiveRange;
import org.digitrecognizer.archive.RangeSize;
import org.digitrecognizer.archive.io.Damage;
import org.digitrecognizer.archive.io.FileWindow;

/**
 * Splits a zip by its central directory, which it reads once from front to back.
 *
 * <p>Entries that overlap are found in bounded memory. The reader of a range finds overlaps within
 * it, and with the entry before it that reaches furthest: in a zip whose entries are in the order
 * of its directory, as almost all are, that is every overlap. In any other, as soon as the entries
 * together claim twice the bytes that there are, the rest of them is taken for corrupt: so no zip
 * makes anyone unpack more than twice its size of packed bytes.
 */
public final class ZipRanges implements ArchivePlan.Ranges {

  private static final int MOST_CLAIMED = 2;

  private final FileWindow file;
  private final ZipEnd end;
  private final RangeSize most;
  private long ordinal;
  private long claimed;
  private long furthestHeader = ArchiveRange.NONE;
  private long furthestStart;
  private long furthestEnd;
  private boolean done;

  public ZipRanges(FileWindow file, ZipEnd end, RangeSize most) {
    this.file = file;
    this.end = end;
    this.most = most;
    file.seek(end.directory());
  }

  @Override
  public ArchiveRange next() throws IOException {
    if (done) {
      return null;
    }
    Draft draft = new Draft(file.position());
    boolean damaged = !fill(draft);
    if (draft.places > 0) {
      ordinal += draft.places;
      return draft.range();
    }
    done = true;
    return damaged || !end.isComplete(ordinal) ? afterDirectory() : null;
  }

  /** Adds headers until the range is full; false if the next is damaged. */
  private boolean fill(Draft draft) throws IOException {
    while (file.position() < end.directoryEnd() && !most.isFull(draft.places, draft.bytes)) {
      long header = file.position();
      try {
        ZipMember member = ZipMember.readCentral(file);
        if (isOverfull(member) && draft.previousHeader != ArchiveRange.OVERFULL) {
          if (draft.places > 0) {
            file.seek(header);
            return true;
          }
          draft.previousHeader = ArchiveRange.OVERFULL;
        }
        add(draft, header, member);
      } catch (Damage e) {
        file.seek(header);
        return false;
      }
    }
    return true;
  }

  private void add(Draft draft, long header, ZipMember member) {
    long size = isWithin(member) ? member.leastEnd() - member.start() : 0;
    draft.places++;
    draft.files += member.isFile() ? 1 : 0;
    draft.bytes += size;
    claimed += size;
    if (size > 0 && end.zipStart() + member.leastEnd() > furthestEnd) {
      furthestHeader = header;
      furthestStart = end.zipStart() + member.start();
      furthestEnd = end.zipStart() + member.leastEnd();
    }
  }

  private boolean isOverfull(ZipMember member) {
    long size = isWithin(member) ? member.leastEnd() - member.start() : 0;
    return claimed + size > MOST_CLAIMED * end.directory();
  }

  /** Whether it lies where entries can be: any other is corrupt by itself, and claims nothing. */
  private boolean isWithin(ZipMember member) {
    long start = end.zipStart() + member.start();
    return start >= 0
        && member.packed() >= 0
        && member.packed() <= end.directory()
        && start <= end.directory() - (member.leastEnd() - member.start());
  }

  /** What the directory does not tell: behind the last entry that it does. */
  private ArchiveRange afterDirectory() {
    return new ArchiveRange(
        ArchiveFormat.ZIP_WITHOUT_DIRECTORY,
        file.length(),
        furthestStart,
        ordinal,
        ArchiveRange.UNKNOWN,
        ArchiveRange.UNKNOWN,
        file.length() - furthestStart,
        0,
        furthestHeader);
  }

  /** A range that is being filled. */
  private final class Draft {

    private final long offset;
    private long previousHeader = furthestHeader;
    private long places;
    private long files;
    private long bytes;

    Draft(long offset) {
      this.offset = offset;
    }

    ArchiveRange range() {
      return new ArchiveRange(
          ArchiveFormat.ZIP,
          file.length(),
          offset,
          ordinal - places,
          places,
          files,
          bytes,
          end.zipStart(),
          previousHeader);
    }
  }
}
