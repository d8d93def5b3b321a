// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.zip;

import java.io.IOException;
import org.digitrecognizer.archive.ArchiveEntry;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.archive.ArchiveRange;
import org.digitrecognizer.archive.io.Damage;
import org.digitrecognizer.archive.io.EntrySource;
import org.digitrecognizer.archive.io.FileWindow;

/** The entries of a zip whose headers fill a slice of its central directory. */
public final class ZipEntries implements EntrySource {

  private final ArchiveRange range;
  private final FileWindow directory;
  private final FileWindow data;
  private final ZipUnpacker unpacker;
  private final Spans spans = new Spans();
  private ZipMember previous;
  private boolean started;
  private long places;

  /**
   * @param directory the file, to read the headers from; closed with the source
   * @param data the same file, to read the entries from; closed with the source
   */
  public ZipEntries(
      ArchiveRange range, FileWindow directory, FileWindow data, ArchiveLimits limits) {
    this.range = range;
    this.directory = directory;
    this.data = data;
    unpacker = new ZipUnpacker(data, limits);
  }

  @Override
  public ArchiveEntry next() throws IOException {
    try {
      start();
      while (places < range.places()) {
        ZipMember member = ZipMember.readCentral(directory);
        long ordinal = range.firstOrdinal() + places++;
        if (member.isFile()) {
          return read(ordinal, member);
        }
      }
      return null;
    } catch (Damage e) {
      long ordinal = range.firstOrdinal() + places;
      places = range.places();
      return ArchiveEntry.rejected(ordinal, "", e.rejection());
    }
  }

  @Override
  public long places() {
    return places;
  }

  @Override
  public void close() throws IOException {
    unpacker.close();
    try (directory) {
      data.close();
    }
  }

  private void start() throws IOException {
    if (started) {
      return;
    }
    started = true;
    if (range.previousHeader() >= 0) {
      directory.seek(range.previousHeader());
      previous = ZipMember.readCentral(directory);
    }
    directory.seek(range.offset());
  }

  private ArchiveEntry read(long ordinal, ZipMember member) throws IOException {
    try {
      return ArchiveEntry.read(ordinal, member.name(), unpack(member));
    } catch (IOException | RuntimeException e) {
      return ArchiveEntry.rejected(ordinal, member.name(), Damage.describe(e, data));
    }
  }

  /** Unpacks an entry; only if it is good does it take its part of the file from others. */
  private byte[] unpack(ZipMember member) throws IOException {
    unpacker.check(member);
    long start = range.zipStart() + member.start();
    long leastEnd = range.zipStart() + member.leastEnd();
    if (range.previousHeader() == ArchiveRange.OVERFULL || !isFree(start, leastEnd)) {
      throw Damage.corrupt("Its bytes overlap those of another entry");
    }
    ZipMember local = ZipMember.readLocal(data, start);
    if (!local.agreesWith(member)) {
      throw Damage.corrupt("The header before it and the one in the directory disagree");
    }
    byte[] bytes = unpacker.unpack(member, local.data());
    spans.take(start, local.data() + member.packed());
    return bytes;
  }

  private boolean isFree(long start, long end) throws IOException {
    if (previous != null
        && start < range.zipStart() + previous.leastEnd()
        && end > range.zipStart() + previous.start()) {
      takePrevious();
    }
    return spans.isFree(start, end);
  }

  private void takePrevious() throws IOException {
    ZipMember entry = previous;
    previous = null;
    try {
      unpack(entry);
    } catch (IOException | RuntimeException e) {
      data.rethrowFailure();
    }
  }
}
