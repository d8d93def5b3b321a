// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.digitrecognizer.storage.NioLocalFileSystem;

/**
 * The local file system under the scheme {@code dying}, as a process sees it that is killed while
 * it changes something: the change is made by half, and from then on nothing works any more.
 * Creating over a file takes the old one away first; renaming or deleting a directory goes child by
 * child; renaming a file copies it.
 */
public final class DyingFileSystem extends NioLocalFileSystem.Raw {

  private static final String SCHEME = "dying";

  private static int lastOperation = Integer.MAX_VALUE;
  private static int operations;
  private static String fatalTarget;

  /** Makes the scheme known. */
  public static void register(Configuration conf) {
    conf.set("fs." + SCHEME + ".impl", DyingFileSystem.class.getName());
  }

  /** Lets so many changes succeed, counted from now. */
  public static synchronized void dieAfter(int changes) {
    operations = 0;
    lastOperation = changes;
    fatalTarget = null;
  }

  /** Lets all changes succeed until something is renamed to where a path ends so. */
  public static synchronized void dieRenamingTo(String end) {
    live();
    fatalTarget = end;
  }

  /** Lets all changes succeed again. */
  public static void live() {
    dieAfter(Integer.MAX_VALUE);
  }

  /** Returns how many changes there were since {@link #dieAfter} or {@link #live} was called. */
  public static synchronized int changes() {
    return operations;
  }

  /** Whether a change was made by half, so that nothing works any more. */
  public static synchronized boolean isDead() {
    return operations > lastOperation;
  }

  private static synchronized boolean dies() {
    return ++operations > lastOperation;
  }

  private static synchronized boolean diesRenamingTo(Path target) {
    if (fatalTarget != null && target.toString().endsWith(fatalTarget)) {
      lastOperation = operations;
    }
    return dies();
  }

  private static void requireLife() throws IOException {
    if (isDead()) {
      throw new IOException("dead");
    }
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
    requireLife();
    return super.open(path, bufferSize);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    requireLife();
    return super.listStatus(path);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    requireLife();
    return super.getFileStatus(path);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    requireLife();
    if (dies()) {
      super.delete(path, false);
      throw new IOException("died creating " + path);
    }
    OutputStream file = super.create(path, overwrite, bufferSize, replication, blockSize, progress);
    return new FSDataOutputStream(new DyingOutput(file), null);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(path, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    requireLife();
    if (diesRenamingTo(to)) {
      if (super.getFileStatus(from).isDirectory()) {
        renameHalf(from, to);
      } else {
        copyHalf(from, to);
      }
      throw new IOException("died renaming " + from);
    }
    return super.rename(from, to);
  }

  private void renameHalf(Path from, Path to) throws IOException {
    super.mkdirs(to);
    FileStatus[] children = super.listStatus(from);
    for (int i = 0; i < children.length / 2; i++) {
      super.rename(children[i].getPath(), new Path(to, children[i].getPath().getName()));
    }
  }

  private void copyHalf(Path from, Path to) throws IOException {
    byte[] bytes = Files.readAllBytes(pathToFile(from).toPath());
    Files.write(pathToFile(to).toPath(), Arrays.copyOf(bytes, bytes.length / 2));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    requireLife();
    if (!super.exists(path)) {
      return false;
    }
    if (dies()) {
      if (recursive && super.getFileStatus(path).isDirectory()) {
        FileStatus[] children = super.listStatus(path);
        for (int i = 0; i < children.length / 2; i++) {
          super.delete(children[i].getPath(), true);
        }
      }
      throw new IOException("died deleting " + path);
    }
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return mkdirs(path);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    requireLife();
    return super.mkdirs(path);
  }

  /** Writes half of it if the process dies as it closes. */
  private static final class DyingOutput extends ByteArrayOutputStream {
    private final OutputStream file;
    private boolean closed;

    DyingOutput(OutputStream file) {
      this.file = file;
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      boolean dead = isDead();
      boolean dies = !dead && dies();
      try (file) {
        file.write(buf, 0, dead ? 0 : dies ? count / 2 : count);
      }
      if (dead || dies) {
        throw new IOException("died writing");
      }
    }
  }
}
