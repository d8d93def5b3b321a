// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The file system that an archive or a scan is read from. */
public final class SourceFileSystem {

  private SourceFileSystem() {}

  /**
   * Returns the file system of a path. Of local files it is the one without checksums: Hadoop looks
   * for the checksum of {@code a} in {@code .a.crc} beside it, and takes what stands before a colon
   * in that name for a scheme, so that it cannot open a file that has a colon in its name.
   *
   * @throws IOException if there is no such file system, or it cannot be reached
   */
  public static FileSystem of(Path path, Configuration configuration) throws IOException {
    FileSystem files =
        StorageCalls.watched(path.toString(), () -> path.getFileSystem(configuration));
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
