// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.tar;

import java.io.IOException;
import java.io.InputStream;
import org.digitrecognizer.archive.ArchiveEntry;
import org.digitrecognizer.archive.ArchiveFormat;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.archive.ArchiveRange;
import org.digitrecognizer.archive.io.BombGuard;
import org.digitrecognizer.archive.io.Compression;
import org.digitrecognizer.archive.io.Damage;
import org.digitrecognizer.archive.io.EntryBytes;
import org.digitrecognizer.archive.io.EntrySource;
import org.digitrecognizer.archive.io.FileWindow;
import org.digitrecognizer.digit.FileSignature;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;

/**
 * The entries of a tar, compressed or not. Damage ends it: what comes after cannot be found, and
 * the last of it is a rejection of the archive.
 */
public final class TarEntries implements EntrySource {

  private final ArchiveRange range;
  private final FileWindow file;
  private final ArchiveLimits limits;
  private final Opener opener;
  private InputStream tar;
  private TarWalker walker;
  private long places;
  private boolean done;

  public TarEntries(ArchiveRange range, FileWindow file, ArchiveLimits limits) {
    this.range = range;
    this.file = file;
    this.limits = limits;
    opener = range.format() == ArchiveFormat.TAR ? () -> file : this::openCompressed;
    file.seek(range.offset());
  }

  @Override
  public ArchiveEntry next() throws IOException {
    String name = "";
    try {
      open();
      while (!done && (!range.isCounted() || places < range.places())) {
        name = "";
        TarHeader header = walker.next();
        file.rethrowFailure();
        if (header == null) {
          break;
        }
        name = header.name();
        if (header.isFile()) {
          ArchiveEntry entry = read(header, range.firstOrdinal() + places);
          file.rethrowFailure();
          places++;
          return entry;
        }
        walker.skipContent();
        places++;
      }
    } catch (IOException | RuntimeException e) {
      done = true;
      return ArchiveEntry.rejected(range.firstOrdinal() + places, "", describe(e, name));
    }
    done = true;
    return null;
  }

  @Override
  public long places() {
    return places;
  }

  @Override
  public void close() throws IOException {
    try (file) {
      if (tar != null && tar != file) {
        tar.close();
      }
    }
  }

  private void open() throws IOException {
    if (walker == null && !done) {
      tar = opener.open();
      walker = new TarWalker(tar, range.offset());
    }
  }

  /** Opens the tar, and goes back to its start once it has proved to be one. */
  private InputStream openCompressed() throws IOException {
    InputStream unpacked =
        new BombGuard(Compression.open(range.format(), file), file::position, limits);
    unpacked.mark(TarWalker.BLOCK);
    byte[] head = unpacked.readNBytes(TarWalker.BLOCK);
    if (!FileSignature.isTar(head)) {
      unpacked.close();
      throw new Damage(
          Reason.UNSUPPORTED_FORMAT,
          "It is a %s file that holds no tar".formatted(range.format().label()));
    }
    unpacked.reset();
    return unpacked;
  }

  private ArchiveEntry read(TarHeader header, long ordinal) throws IOException {
    try {
      check(header);
    } catch (Damage e) {
      walker.skipContent();
      return ArchiveEntry.rejected(ordinal, header.name(), e.rejection());
    }
    byte[] bytes = walker.readContent((int) header.size());
    return ArchiveEntry.read(ordinal, header.name(), bytes);
  }

  private void check(TarHeader header) throws Damage {
    if (!header.isRegular()) {
      throw new Damage(Reason.UNSUPPORTED_FORMAT, "It is " + header.kind());
    }
    if (header.size() == 0) {
      throw new Damage(Reason.EMPTY, "It has no bytes");
    }
    if (header.size() > limits.entryBytes()) {
      throw EntryBytes.tooLarge(header.size(), limits);
    }
  }

  private Rejection describe(Exception e, String name) throws IOException {
    file.rethrowFailure();
    Rejection rejection =
        e instanceof Damage damage
            ? damage.rejection()
            : Damage.unreadable("It cannot be unpacked further: " + Damage.message(e)).rejection();
    return name.isEmpty()
        ? rejection
        : new Rejection(rejection.reason(), rejection.detail() + ", within its entry " + name);
  }

  private interface Opener {
    InputStream open() throws IOException;
  }
}
