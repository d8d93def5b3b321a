// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A small file that is replaced where writing over a file may leave half of it: at any time it is
 * whole under one of two names.
 *
 * @param file where it is
 * @param next where its next content is, while it is written
 */
public record TwinFile(FileSystem fs, Path file, Path next) {

  /** Reads a file. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Returns what is in it; empty if there is none, or no whole one. */
    Optional<T> of(Path file) throws IOException;
  }

  /** Returns what is in the one that is whole, the file's own name first. */
  public <T> Optional<T> read(Reading<T> reading) throws IOException {
    Optional<T> whole = reading.of(file);
    return whole.isPresent() ? whole : reading.of(next);
  }

  /** Writes another content; a death in it leaves the old one or the new one. */
  public void replace(FileContent content) throws IOException {
    content.writeTo(fs, next);
    content.writeTo(fs, file);
    if (!fs.delete(next, false) && fs.exists(next)) {
      throw new IOException(next + " cannot be deleted");
    }
  }
}
