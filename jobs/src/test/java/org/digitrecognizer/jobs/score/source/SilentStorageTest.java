// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.archive.ArchivePlanner;
import org.digitrecognizer.archive.RangeSize;
import org.digitrecognizer.archive.io.StorageCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is waited for is known while a file system stays silent. */
@Timeout(60)
class SilentStorageTest {

  private static final String PLACE = "silent://bucket/night";

  /** Says nothing until it is told to, and then fails. */
  public static final class SilentFileSystem extends RawLocalFileSystem {

    private static volatile CountDownLatch asked;
    private static volatile CountDownLatch answer;

    @Override
    public URI getUri() {
      return URI.create("silent://bucket");
    }

    @Override
    protected void checkPath(Path path) {
      // Every path is one of this.
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
      throw silence();
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      throw silence();
    }

    private static IOException silence() {
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new IOException("no answer");
    }
  }

  private final Configuration configuration = new Configuration();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  @BeforeEach
  void beSilent() {
    configuration.setClass("fs.silent.impl", SilentFileSystem.class, SilentFileSystem.class);
    SilentFileSystem.asked = new CountDownLatch(1);
    SilentFileSystem.answer = new CountDownLatch(1);
  }

  @AfterEach
  void end() {
    SilentFileSystem.answer.countDown();
    thread.shutdownNow();
  }

  @Test
  void aFolderThatIsBeingListedIsKnown() throws Exception {
    Entry folder = Entry.folder(Entry.Kind.FOLDER, PLACE, PLACE, 0);
    HadoopFolders folders = new HadoopFolders(new SerializableConfiguration(configuration));
    Future<?> listing = thread.submit(() -> new FolderEntries(folders, folder, false, true));

    requireKnown(listing);
  }

  @Test
  void anArchiveThatIsBeingOpenedIsKnown() throws Exception {
    ArchivePlanner planner = new ArchivePlanner(configuration, new RangeSize(10, 10));
    Future<?> planning = thread.submit(() -> planner.plan(new Path(PLACE), 5));

    requireKnown(planning);
  }

  private static void requireKnown(Future<?> work) throws InterruptedException {
    SilentFileSystem.asked.await();
    assertThat(places()).as("what is waited for").contains(PLACE);
    SilentFileSystem.answer.countDown();
    assertThatThrownBy(work::get).hasStackTraceContaining("no answer");
    assertThat(places()).as("nothing is waited for once it has failed").doesNotContain(PLACE);
  }

  private static List<String> places() {
    return StorageCalls.pending().stream().map(StorageCalls.Pending::place).toList();
  }
}
