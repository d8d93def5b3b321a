// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file read through a window that moves over it. Small neighbouring entries cost one large read
 * together; the window grows while reading goes forward and shrinks when it jumps, so that jumps do
 * not read what no one needs.
 *
 * <p>Remembers when the file system failed, since the libraries that read from here may wrap or
 * swallow the exception: {@link #rethrowFailure} tells a bad file from a bad night of the cluster.
 */
public final class FileWindow extends InputStream {

  private static final Logger LOG = LoggerFactory.getLogger(FileWindow.class);

  private static final int LEAST = 16 << 10;
  private static final int MOST = 1 << 20;
  private static final int GROWTH = 4;

  private final String name;
  private final FSDataInputStream file;
  private final long length;
  private byte[] buffer = new byte[LEAST];
  private long start;
  private int next;
  private int end;
  private int fill = LEAST;
  private IOException failure;

  private FileWindow(String name, FSDataInputStream file, long length) {
    this.name = name;
    this.file = file;
    this.length = length;
  }

  /**
   * Opens a file.
   *
   * @param length of the file in bytes: nothing beyond is read
   * @throws IOException if the file system fails, or there is no such file
   */
  public static FileWindow open(FileSystem files, Path path, long length) throws IOException {
    String name = path.toString();
    return new FileWindow(name, StorageCalls.watched(name, () -> files.open(path)), length);
  }

  public long length() {
    return length;
  }

  public long position() {
    return start + next;
  }

  /** Goes to a place; beyond the end there is nothing to read. */
  public void seek(long offset) {
    if (offset >= start && offset <= start + end) {
      next = (int) (offset - start);
      return;
    }
    long gap = offset - (start + end);
    if (gap < 0 || gap > fill) {
      fill = LEAST;
    }
    start = offset;
    next = 0;
    end = 0;
  }

  /** Reads as many bytes as there are from a place on, at most those asked for. */
  public byte[] readAt(long offset, int count) throws IOException {
    seek(offset);
    return readNBytes(count);
  }

  /** Throws what the file system threw, if it did, whatever became of it in between. */
  public void rethrowFailure() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public int read() throws IOException {
    return next < end || refill() ? buffer[next++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (next == end && count >= MOST) {
      return readPast(target, offset, count);
    }
    if (next == end && !refill()) {
      return -1;
    }
    int read = Math.min(count, end - next);
    System.arraycopy(buffer, next, target, offset, read);
    next += read;
    return read;
  }

  @Override
  public byte[] readNBytes(int count) throws IOException {
    if (count <= end - next) {
      next += count;
      return Arrays.copyOfRange(buffer, next - count, next);
    }
    return super.readNBytes(count);
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, length - position()));
    seek(position() + skipped);
    return skipped;
  }

  @Override
  public int available() {
    return end - next;
  }

  /** What was to be read has been read: a file system that fails now has cost nothing. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("A file of {} bytes was read, but could not be closed: {}", length, e.toString());
    }
  }

  private int readPast(byte[] target, int offset, int count) throws IOException {
    start += end;
    next = 0;
    end = 0;
    int read = readFile(target, offset, (int) Math.min(count, length - start));
    start += Math.max(0, read);
    return read;
  }

  private boolean refill() throws IOException {
    start += end;
    next = 0;
    end = 0;
    int wanted = (int) Math.min(fill, length - start);
    if (buffer.length < wanted) {
      buffer = new byte[fill];
    }
    fill = Math.min(MOST, fill * GROWTH);
    while (end < wanted) {
      int read = readMore(wanted - end);
      if (read < 0) {
        break;
      }
      end += read;
    }
    return end > 0;
  }

  /** What came before a failure is good: the failure is met again once that has been read. */
  private int readMore(int count) throws IOException {
    try {
      return readFile(buffer, end, count);
    } catch (IOException e) {
      if (end == 0) {
        throw e;
      }
      failure = null;
      fill = LEAST;
      return -1;
    }
  }

  private int readFile(byte[] target, int offset, int count) throws IOException {
    if (count <= 0) {
      return -1;
    }
    try {
      return StorageCalls.watched(
          name, () -> seekFile(start + end) ? file.read(target, offset, count) : -1);
    } catch (IOException e) {
      failure = e;
      throw e;
    } catch (RuntimeException e) {
      failure = new IOException("The file system failed: " + e, e);
      throw failure;
    }
  }

  /** Returns false if the file is shorter than it was when it was listed. */
  private boolean seekFile(long offset) throws IOException {
    if (file.getPos() == offset) {
      return true;
    }
    try {
      file.seek(offset);
      return true;
    } catch (EOFException e) {
      return false;
    }
  }
}
