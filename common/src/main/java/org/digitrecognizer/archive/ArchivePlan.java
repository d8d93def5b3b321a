// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import java.io.Closeable;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.RemoteIterator;
import org.digitrecognizer.archive.io.FileWindow;

/** The ranges of one file, found while they are asked for: only one is in memory at a time. */
public final class ArchivePlan implements RemoteIterator<ArchiveRange>, Closeable {

  private final ArchiveFormat format;
  private final FileWindow file;
  private final Ranges ranges;
  private ArchiveRange ahead;
  private boolean done;

  /**
   * @param file closed with the plan; null if there is none
   */
  ArchivePlan(ArchiveFormat format, FileWindow file, Ranges ranges) {
    this.format = format;
    this.file = file;
    this.ranges = ranges;
  }

  static ArchivePlan of(ArchiveRange range, FileWindow file) {
    boolean[] given = {false};
    return new ArchivePlan(
        range.format(),
        file,
        () -> {
          ArchiveRange next = given[0] ? null : range;
          given[0] = true;
          return next;
        });
  }

  /** Returns what the file is. */
  public ArchiveFormat format() {
    return format;
  }

  @Override
  public boolean hasNext() throws IOException {
    if (ahead == null && !done) {
      ahead = ranges.next();
      done = ahead == null;
    }
    return ahead != null;
  }

  @Override
  public ArchiveRange next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ArchiveRange range = ahead;
    ahead = null;
    return range;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  /** Finds one range after the other. */
  public interface Ranges {

    /** Returns the next range, or null after the last. */
    ArchiveRange next() throws IOException;
  }
}
