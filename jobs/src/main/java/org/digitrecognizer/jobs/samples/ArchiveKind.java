// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.samples;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What sample scans are packed into. */
public enum ArchiveKind {
  /** A zip archive. Its writer remembers every entry, some 400 bytes of memory each. */
  ZIP("digits.zip"),
  /** A tar archive. */
  TAR("digits.tar"),
  /** A folder of files. */
  FOLDER("digits");

  final String fileName;

  ArchiveKind(String fileName) {
    this.fileName = fileName;
  }

  /** Creates an empty archive. */
  EntryWriter create(FileSystem fileSystem, Path path) throws IOException {
    return switch (this) {
      case ZIP -> new ZipWriter(stream(fileSystem, path));
      case TAR -> new TarWriter(stream(fileSystem, path));
      case FOLDER -> new FolderWriter(fileSystem, path);
    };
  }

  private static OutputStream stream(FileSystem fileSystem, Path path) throws IOException {
    return new BufferedOutputStream(fileSystem.create(path, true), 1 << 16);
  }
}
