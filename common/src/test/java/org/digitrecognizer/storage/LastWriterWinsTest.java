// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lock where two who ask at once both find no file, and both write it. */
@Timeout(60)
class LastWriterWinsTest {

  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final Duration LATE = Duration.ofMillis(300);

  @TempDir private java.nio.file.Path directory;
  private ObjectFileSystem fs;
  private Path output;

  /** Looks for a file when it is created, and writes it when it is closed, as S3A does. */
  private static final class ObjectFileSystem extends FilterFileSystem {

    private final CyclicBarrier bothHaveLooked = new CyclicBarrier(2);
    private final AtomicInteger locks = new AtomicInteger();
    private final AtomicInteger changedReads = new AtomicInteger();

    ObjectFileSystem() throws IOException {
      super(new RawLocalFileSystem());
      fs.initialize(URI.create("file:///"), new Configuration());
    }

    @Override
    public URI getUri() {
      return URI.create("objects://bucket");
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
      if (overwrite) {
        return fs.create(path, true);
      }
      if (fs.exists(path)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      ByteArrayOutputStream bytes =
          new ByteArrayOutputStream() {
            @Override
            public void close() throws IOException {
              put(path, toByteArray());
            }
          };
      return new FSDataOutputStream(bytes, null);
    }

    private void put(Path path, byte[] bytes) throws IOException {
      try {
        bothHaveLooked.await();
        Thread.sleep(LATE.toMillis() * locks.getAndIncrement());
      } catch (Exception e) {
        throw new IOException(e);
      }
      try (FSDataOutputStream out = fs.create(path, true)) {
        out.write(bytes);
      }
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
      if (changedReads.getAndDecrement() > 0) {
        throw new PathIOException(path.toString(), "Change reported during open");
      }
      return fs.open(path, bufferSize);
    }
  }

  @BeforeEach
  void open() throws IOException {
    fs = new ObjectFileSystem();
    output = new Path(directory.toString());
  }

  @Test
  void ofTwoThatBeginAtOnceOneHolds() throws Exception {
    fs.changedReads.set(3);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Callable<OutputLock> run = () -> OutputLock.acquire(fs, output, BEAT);
    List<Future<OutputLock>> both = threads.invokeAll(List.of(run, run));
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

    List<Throwable> refused = new ArrayList<>();
    for (Future<OutputLock> one : both) {
      try (OutputLock held = one.get()) {
        held.requireHeld();
      } catch (ExecutionException e) {
        refused.add(e.getCause());
      }
    }
    assertThat(refused)
        .singleElement(as(THROWABLE))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Another run is writing to " + output + " (process ");
    assertThat(directory).isEmptyDirectory();
  }
}
