// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes a file an entry into a folder. */
final class FolderWriter implements EntryWriter {

  private final FileSystem fileSystem;
  private final Path folder;

  FolderWriter(FileSystem fileSystem, Path folder) {
    this.fileSystem = fileSystem;
    this.folder = folder;
  }

  @Override
  public void write(String name, byte[] bytes) throws IOException {
    try (OutputStream out = fileSystem.create(new Path(folder, name), true)) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    // Each file is closed already.
  }
}
