// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.digitrecognizer.archive.io.StorageCalls;
import org.digitrecognizer.reading.RetriedRead;

/**
 * What a folder holds that is not hidden. A file system that fails is tried again by Spark; at the
 * last attempt the folder itself is the last entry, as one that could not be listed. A folder that
 * has gone holds nothing.
 */
final class FolderEntries implements Iterator<Entry> {

  private final Entry folder;
  private final boolean lastAttempt;
  private final boolean mayBeGone;
  private Folders.Names names;
  private Entry next;

  /**
   * @param lastAttempt whether Spark does not try this again
   * @param mayBeGone false for a folder that must be there
   */
  FolderEntries(Folders folders, Entry folder, boolean lastAttempt, boolean mayBeGone) {
    this.folder = folder;
    this.lastAttempt = lastAttempt;
    this.mayBeGone = mayBeGone;
    try {
      names =
          StorageCalls.watched(
              folder.path(), () -> folders.list(folder, name -> !Entry.isHidden("/" + name)));
      advance();
    } catch (IOException e) {
      failed(e);
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Entry next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Entry entry = next;
    advance();
    return entry;
  }

  private void advance() {
    try {
      next = names == null ? null : StorageCalls.watched(folder.path(), names::next);
      if (next == null) {
        close();
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException error) {
    close();
    next = null;
    if (mayBeGone && Folders.isGone(error)) {
      return;
    }
    if (!lastAttempt) {
      throw new RetriedRead(folder.path(), error);
    }
    next = folder.unlisted("The folder cannot be listed: " + error);
  }

  private void close() {
    try {
      if (names != null) {
        names.close();
      }
    } catch (IOException e) {
      // What was to be listed has been, or has failed before.
    }
    names = null;
  }
}
