// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.zip;

import java.io.IOException;
import org.digitrecognizer.archive.ArchiveEntry;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.archive.ArchiveRange;
import org.digitrecognizer.archive.io.Damage;
import org.digitrecognizer.archive.io.EntrySource;
import org.digitrecognizer.archive.io.FileWindow;

/**
 * The entries of a zip whose central directory is missing or damaged, from front to back by the
 * header before each. Ends with a rejection of the archive, since no one can tell what else was in
 * it.
 */
public final class StreamedZipEntries implements EntrySource {

  private static final int SPLIT_MARK = 0x08074b50;
  private static final int TEMPORARY_SPLIT_MARK = 0x30304b50;

  private final ArchiveRange range;
  private final FileWindow file;
  private final ZipUnpacker unpacker;
  private long offset;
  private long places;
  private boolean done;

  public StreamedZipEntries(ArchiveRange range, FileWindow file, ArchiveLimits limits) {
    this.range = range;
    this.file = file;
    unpacker = new ZipUnpacker(file, limits);
    offset = range.offset();
  }

  @Override
  public ArchiveEntry next() throws IOException {
    while (!done) {
      try {
        ZipMember member = readHeader();
        if (isListed(member)) {
          continue;
        }
        long ordinal = range.firstOrdinal() + places++;
        if (member.isFile()) {
          return read(ordinal, member);
        }
      } catch (Damage e) {
        done = true;
        return ArchiveEntry.rejected(
            range.firstOrdinal() + places, "", Damage.unreadable(whatIsWrong(e)).rejection());
      }
    }
    return null;
  }

  @Override
  public long places() {
    return places;
  }

  @Override
  public void close() throws IOException {
    unpacker.close();
    file.close();
  }

  /** Whether the part of the directory that is good lists it, so that another range yields it. */
  private boolean isListed(ZipMember member) {
    return range.previousHeader() >= 0 && member.start() == range.offset();
  }

  /** Reads the header at the offset, and sets the offset to where the next one should be. */
  private ZipMember readHeader() throws IOException {
    skipSplitMark();
    requireEntry();
    ZipMember local = ZipMember.readLocal(file, offset);
    if (!local.hasDescriptor()) {
      return passed(local, local.data() + local.packed());
    }
    ZipDescriptor sizes =
        ZipDescriptor.find(file, local.data()).orElseThrow(() -> endsWithin(local));
    ZipMember member = local.withSizes(sizes.crc(), sizes.packed(), sizes.unpacked());
    return passed(member, sizes.end());
  }

  private ZipMember passed(ZipMember member, long end) throws Damage {
    if (member.packed() < 0 || end > file.length()) {
      throw endsWithin(member);
    }
    offset = end;
    return member;
  }

  private void skipSplitMark() throws IOException {
    if (offset == 0) {
      int mark = mark();
      offset = mark == SPLIT_MARK || mark == TEMPORARY_SPLIT_MARK ? 4 : 0;
    }
  }

  private int mark() throws IOException {
    byte[] bytes = file.readAt(0, 4);
    return bytes.length < 4 ? 0 : LittleEndian.int32(bytes, 0);
  }

  private void requireEntry() throws IOException {
    byte[] bytes = offset < file.length() ? file.readAt(offset, 4) : new byte[0];
    if (bytes.length < 4) {
      throw Damage.unreadable("The zip is cut off: its directory is missing");
    }
    int signature = LittleEndian.int32(bytes, 0);
    if (signature == ZipMember.CENTRAL_SIGNATURE || signature == ZipEnd.SIGNATURE) {
      throw Damage.unreadable("The directory at the end of the zip is damaged or cut off");
    }
    if (signature != ZipMember.LOCAL_SIGNATURE) {
      throw Damage.unreadable("The zip is damaged at byte " + offset);
    }
  }

  private ArchiveEntry read(long ordinal, ZipMember member) throws IOException {
    try {
      unpacker.check(member);
      byte[] bytes = unpacker.unpack(member, member.data());
      return ArchiveEntry.read(ordinal, member.name(), bytes);
    } catch (IOException | RuntimeException e) {
      return ArchiveEntry.rejected(ordinal, member.name(), Damage.describe(e, file));
    }
  }

  /** Of a part of a split zip nothing is damaged, but the rest of it is elsewhere. */
  private String whatIsWrong(Damage damage) throws IOException {
    boolean first = mark() == SPLIT_MARK;
    if (!first && !ZipEnd.isLastOfSplit(file)) {
      return damage.getMessage();
    }
    return String.format(
        "It is the %s part of a split zip; join the parts first (zip -s 0 name.zip --out all.zip)",
        first ? "first" : "last");
  }

  private static Damage endsWithin(ZipMember member) {
    return Damage.unreadable("The zip is cut off within its entry " + member.name());
  }
}
