// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.archive;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local files, in a file system whose n-th read fails, and that reads at most 700 bytes. */
public final class FailingFileSystem extends RawLocalFileSystem {

  static final String SCHEME = "failing";
  static final String MESSAGE = "a bad night of the cluster";

  /** Counts down with every read of any file; the one that reaches 0 fails. */
  static final AtomicInteger READS_LEFT = new AtomicInteger();

  /** Whether every read after the first failing one fails too. */
  static final AtomicBoolean FOR_GOOD = new AtomicBoolean();

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return new FSDataInputStream(new Failing(super.open(local(path), bufferSize)));
  }

  private static Path local(Path path) {
    return new Path("file", "", path.toUri().getPath());
  }

  @Override
  protected void checkPath(Path path) {
    // Paths of both schemes are local files.
  }

  private static final class Failing extends FSInputStream {

    private final FSDataInputStream in;

    Failing(FSDataInputStream in) {
      this.in = in;
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
      throw new AssertionError("a read of one byte is too slow");
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      int left = READS_LEFT.decrementAndGet();
      if (left == 0 || (left < 0 && FOR_GOOD.get())) {
        throw new IOException(MESSAGE);
      }
      return in.read(target, offset, Math.min(count, 700));
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
