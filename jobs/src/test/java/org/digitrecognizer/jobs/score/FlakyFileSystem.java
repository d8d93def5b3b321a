// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.digitrecognizer.storage.NioLocalFileSystem;

/** The local files under the scheme {@code flaky}, some of which cannot always be read. */
public final class FlakyFileSystem extends NioLocalFileSystem.Raw {

  static final String SCHEME = "flaky";
  static final String MESSAGE = "a bad night\n  of the storage";

  private static final long ALL = Long.MAX_VALUE;
  private static final Map<String, Fault> FAULTS = new ConcurrentHashMap<>();
  private static final Map<String, Integer> OPENED = new ConcurrentHashMap<>();

  /**
   * What is wrong with a file.
   *
   * @param goneAfter it can be opened so many times and is gone then, but for what is left of it
   * @param failsFrom reading fails from this byte on
   * @param failsUntil and works again from this one on
   * @param attempts of a task that fail so
   * @param length what is left of it; {@link #ALL} if it is not cut
   * @param closes whether it can be closed
   */
  private record Fault(
      long goneAfter, long failsFrom, long failsUntil, int attempts, long length, boolean closes) {}

  /** Makes the scheme known, and all files good. */
  static void register(Configuration configuration) {
    configuration.setClass("fs." + SCHEME + ".impl", FlakyFileSystem.class, FileSystem.class);
    FAULTS.clear();
    OPENED.clear();
  }

  /** Lets a file vanish after it was opened so many times. */
  static void vanish(String name, int opened) {
    FAULTS.put(name, new Fault(opened, ALL, ALL, 0, ALL, true));
  }

  /** Lets reading fail from a byte on, in so many attempts of each task. */
  static void fail(String name, long from, int attempts) {
    FAULTS.put(name, new Fault(ALL, from, ALL, attempts, ALL, true));
  }

  /** Lets reading fail between two bytes. */
  static void failWithin(String name, long from, long until) {
    FAULTS.put(name, new Fault(ALL, from, until, Integer.MAX_VALUE, ALL, true));
  }

  /** Lets a file end early, though it is listed as it was. */
  static void cut(String name, long length) {
    FAULTS.put(name, new Fault(ALL, ALL, ALL, 0, length, true));
  }

  /** Lets a file end early once it was opened so many times, and has its whole length before. */
  static void cutAfter(String name, int opened, long length) {
    FAULTS.put(name, new Fault(opened, ALL, ALL, 0, length, true));
  }

  /** Lets a file be read, but not be closed. */
  static void failClosing(String name) {
    FAULTS.put(name, new Fault(ALL, ALL, ALL, 0, ALL, false));
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
  public FileStatus[] listStatus(Path path) throws IOException {
    return Arrays.stream(super.listStatus(path))
        .map(FlakyFileSystem::withoutOwner)
        .toArray(FileStatus[]::new);
  }

  @Override
  public boolean exists(Path path) throws IOException {
    Fault fault = FAULTS.get(path.getName());
    boolean gone =
        fault != null
            && fault.length == ALL
            && OPENED.getOrDefault(path.getName(), 0) > fault.goneAfter;
    return !gone && super.exists(path);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return withoutOwner(super.getFileStatus(path));
  }

  /** To ask for the owner of a local file works under the scheme {@code file} only. */
  private static FileStatus withoutOwner(FileStatus file) {
    return new FileStatus(
        file.getLen(),
        file.isDirectory(),
        file.getReplication(),
        file.getBlockSize(),
        file.getModificationTime(),
        file.getPath());
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    Fault fault = FAULTS.get(path.getName());
    if (fault == null) {
      return super.open(path, bufferSize);
    }
    boolean gone = OPENED.merge(path.getName(), 1, Integer::sum) > fault.goneAfter;
    if (gone && fault.length == ALL) {
      throw new FileNotFoundException(path + " is gone");
    }
    if (!gone && fault.goneAfter < ALL) {
      return super.open(path, bufferSize);
    }
    return new FSDataInputStream(new Faulty(super.open(path, bufferSize), fault));
  }

  private static final class Faulty extends FSInputStream {

    private final FSDataInputStream in;
    private final Fault fault;

    Faulty(FSDataInputStream in, Fault fault) {
      this.in = in;
      this.fault = fault;
    }

    /** How many bytes can be read from here, 0 at the end. */
    private long left() throws IOException {
      long at = in.getPos();
      long end = Math.max(0, fault.length - at);
      if (at >= fault.failsUntil || TaskContext.get().attemptNumber() >= fault.attempts) {
        return end;
      }
      if (at >= fault.failsFrom) {
        throw new IOException(MESSAGE);
      }
      return Math.min(end, fault.failsFrom - at);
    }

    @Override
    public void seek(long offset) throws IOException {
      in.seek(offset);
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public boolean seekToNewSource(long target) {
      return false;
    }

    @Override
    public int read() throws IOException {
      return left() == 0 ? -1 : in.read();
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      long left = left();
      return left == 0 && count > 0 ? -1 : in.read(target, offset, (int) Math.min(count, left));
    }

    @Override
    public void close() throws IOException {
      in.close();
      if (!fault.closes) {
        throw new IOException(MESSAGE);
      }
    }
  }
}
