// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import java.io.Closeable;
import java.io.IOException;
import org.digitrecognizer.archive.ArchiveEntry;

/** What is in a range, in order. */
public interface EntrySource extends Closeable {

  /**
   * Returns the next entry or rejection, or null after the last.
   *
   * @throws IOException only if the file system fails
   */
  ArchiveEntry next() throws IOException;

  /** Returns how many ordinals have gone by: of entries yielded, and of those that never are. */
  long places();
}
