// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.failure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.security.AccessControlException;

/**
 * The local files under the scheme {@code locked}, some of which this user may not read: the user
 * who runs a test may be root, who may read all.
 */
public final class LockedFileSystem extends RawLocalFileSystem {

  private static final String SCHEME = "locked";
  private static final Set<String> LOCKED = ConcurrentHashMap.newKeySet();

  /** Makes the scheme known, and all files readable. */
  public static void register(Configuration configuration) {
    configuration.set("fs." + SCHEME + ".impl", LockedFileSystem.class.getName());
    LOCKED.clear();
  }

  /** Makes all files and folders of a name unreadable. */
  public static void lock(String name) {
    LOCKED.add(name);
  }

  /** Returns the path in this file system. */
  public static Path path(java.nio.file.Path file) {
    return new Path(SCHEME + "://" + file.toAbsolutePath());
  }

  /** Returns what a user is told of a file that is locked. */
  public static String refusal(Path file) {
    return file
        + " is there but cannot be read ("
        + denied(file)
        + "); make it a file that this user may read";
  }

  /** As Java says it of a local file. */
  private static String denied(Path file) {
    return file.toUri().getPath() + " (Permission denied)";
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    if (LOCKED.contains(path.getName())) {
      throw new FileNotFoundException(denied(path));
    }
    return super.open(path, bufferSize);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    if (LOCKED.contains(path.getName())) {
      throw new AccessControlException(denied(path));
    }
    return super.listStatus(path);
  }
}
