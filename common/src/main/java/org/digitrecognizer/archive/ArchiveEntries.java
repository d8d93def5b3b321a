// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.RemoteIterator;
import org.digitrecognizer.archive.io.EntrySource;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;

/**
 * The entries of a range, in order, one in memory at a time. An exception is always the file
 * system's: the range can be read again, from its start. All that is wrong with the archive comes
 * as a rejection among the entries.
 */
public final class ArchiveEntries implements RemoteIterator<ArchiveEntry>, Closeable {

  private final ArchiveRange range;
  private final EntrySource source;
  private ArchiveEntry ahead;
  private boolean done;
  private long found;

  ArchiveEntries(ArchiveRange range, EntrySource source) {
    this.range = range;
    this.source = source;
  }

  /** The range of a file that is not there. */
  static ArchiveEntries missing(ArchiveRange range) {
    ArchiveEntries entries = new ArchiveEntries(range, null);
    entries.ahead = missingFile(range, 0);
    entries.found = 1;
    entries.done = true;
    return entries;
  }

  @Override
  public boolean hasNext() throws IOException {
    if (ahead == null && !done) {
      ahead = read();
      done |= ahead == null;
      found += ahead == null ? 0 : 1;
    }
    return ahead != null;
  }

  @Override
  public ArchiveEntry next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ArchiveEntry entry = ahead;
    ahead = null;
    return entry;
  }

  /** Returns how many entries and rejections there have been so far, the one ahead included. */
  public long found() {
    return found;
  }

  @Override
  public void close() throws IOException {
    if (source != null) {
      source.close();
    }
  }

  private ArchiveEntry read() throws IOException {
    try {
      return source.next();
    } catch (FileNotFoundException e) {
      done = true;
      return missingFile(range, source.places());
    }
  }

  private static ArchiveEntry missingFile(ArchiveRange range, long places) {
    Rejection missing = new Rejection(Reason.MISSING, "The file was there when it was listed");
    return ArchiveEntry.rejected(range.firstOrdinal() + places, "", missing);
  }
}
