// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.tar;

import java.io.IOException;
import org.digitrecognizer.archive.ArchiveFormat;
import org.digitrecognizer.archive.ArchivePlan;
import org.digitrecognizer.archive.ArchiveRange;
import org.digitrecognizer.archive.RangeSize;
import org.digitrecognizer.archive.io.Damage;
import org.digitrecognizer.archive.io.FileWindow;

/** Splits an uncompressed tar by hopping from header to header. */
public final class TarRanges implements ArchivePlan.Ranges {

  private final FileWindow file;
  private final RangeSize most;
  private final TarWalker walker;
  private long ordinal;
  private boolean damaged;
  private boolean done;

  /** Where the last entry ended, with its padding. */
  private long reached;

  public TarRanges(FileWindow file, RangeSize most) {
    this.file = file;
    this.most = most;
    file.seek(0);
    walker = new TarWalker(file, 0);
  }

  @Override
  public ArchiveRange next() throws IOException {
    if (done) {
      return null;
    }
    if (damaged) {
      return rest();
    }
    long start = reached;
    long places = 0;
    long files = 0;
    while (!most.isFull(places, reached - start)) {
      TarHeader header = nextEntry();
      if (header == null) {
        break;
      }
      places++;
      files += header.isFile() ? 1 : 0;
    }
    if (places == 0) {
      return damaged ? rest() : null;
    }
    ordinal += places;
    return range(start, places, files);
  }

  /** Returns the next entry, all of whose content is there; null at the end or where damaged. */
  private TarHeader nextEntry() throws IOException {
    try {
      TarHeader header = walker.next();
      if (header == null) {
        done = true;
        return null;
      }
      walker.skipContent();
      reached = walker.position() + TarWalker.padding(walker.position());
      return header;
    } catch (Damage e) {
      damaged = true;
      return null;
    }
  }

  private ArchiveRange rest() {
    done = true;
    return ArchiveRange.toEnd(ArchiveFormat.TAR, file.length(), reached, ordinal);
  }

  private ArchiveRange range(long start, long places, long files) {
    return new ArchiveRange(
        ArchiveFormat.TAR,
        file.length(),
        start,
        ordinal - places,
        places,
        files,
        reached - start,
        0,
        ArchiveRange.NONE);
  }
}
