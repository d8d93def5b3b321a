// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Local files as Hadoop has them, whose permissions Java sets. Hadoop without its native library
 * starts a chmod for each file and folder that is made, and a small scoring run makes a hundred.
 */
public final class NioLocalFileSystem extends LocalFileSystem {

  /** Makes it. */
  public NioLocalFileSystem() {
    super(new Raw());
  }

  /** Makes it the file system of this JVM's local files, unless these have been used before. */
  public static void install() {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.file.impl", NioLocalFileSystem.class, FileSystem.class);
    try {
      // From now on it is the one in Hadoop's cache.
      FileSystem.get(URI.create("file:///"), configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same without checksums. */
  public static class Raw extends RawLocalFileSystem {

    private static final int OF_PERSONS = 0777;

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      if ((permission.toShort() & ~OF_PERSONS) != 0) {
        super.setPermission(path, permission);
        return;
      }
      Files.setPosixFilePermissions(
          pathToFile(path).toPath(), PosixFilePermissions.fromString(permission.toString()));
    }
  }
}
