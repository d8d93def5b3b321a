// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What writes a file. */
@FunctionalInterface
public interface FileContent {

  /** Writes all of it; the stream is closed by the caller. */
  void writeTo(OutputStream out) throws IOException;

  /** Writes it to a file, over one that is there. */
  default void writeTo(FileSystem fs, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(fs.create(file, true))) {
      writeTo(out);
    }
  }
}
