// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import java.io.IOException;
import org.digitrecognizer.archive.ArchiveEntry;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.digit.Rejection.Reason;

/** A file that is no archive, as its own single entry. */
public final class WholeFile implements EntrySource {

  private final FileWindow file;
  private final ArchiveLimits limits;
  private long places;

  public WholeFile(FileWindow file, ArchiveLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  @Override
  public ArchiveEntry next() throws IOException {
    if (places > 0) {
      return null;
    }
    places++;
    try {
      return ArchiveEntry.read(0, "", read());
    } catch (IOException e) {
      return ArchiveEntry.rejected(0, "", Damage.describe(e, file));
    }
  }

  @Override
  public long places() {
    return places;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private byte[] read() throws IOException {
    if (file.length() == 0) {
      throw new Damage(Reason.EMPTY, "It has no bytes");
    }
    if (file.length() > limits.entryBytes()) {
      throw EntryBytes.tooLarge(file.length(), limits);
    }
    byte[] bytes = EntryBytes.readSome(file, file.length());
    if (bytes.length < file.length()) {
      throw Damage.corrupt(
          "It has %d bytes, and had %d when it was listed".formatted(bytes.length, file.length()));
    }
    return bytes;
  }
}
