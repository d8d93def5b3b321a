package org.digitrecognizer.jobs.score.run;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Begins chunks in their order and works two of them off at a time: while the last tasks of one run
 * and its files are joined and committed, the next has the cores that would be idle. Spark gives a
 * core to the chunk whose tasks came first.
 */
public final class ChunkPipeline {

  public static final int AT_ONCE = 2;

  private ChunkPipeline() {}

  /** What is done with a chunk. */
  public interface Work {
    /**
     * Called by a thread of its own.
     *
     * @param chunk its number
     */
    public void run(long chunk) throws IOException;
  }

  /**
   * Returns when all chunks are done. If one fails no other begins, and this fails as it did when
   * the one beside it has come to its end.
   *
   * @param chunks how many there are, numbered from 0
   */
  public static void run(long chunks, Work work) throws IOException {
    AtomicLong next = new AtomicLong();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    // Made here, since threads take over what Spark knows of the one that makes them.
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, ChunkPipeline::thread);
    try {
      for (int i = 0; i < AT_ONCE; i++) {
        threads.execute(() -> workOff(chunks, work, next, failure));
      }
      threads.shutdown();
      threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while chunks were under way");
    } finally {
      threads.shutdownNow();
    }
    rethrow(failure.get());
  }

  /** Takes one chunk after the other, as long as none has failed. */
  private static void workOff(
      long chunks, Work work, AtomicLong next, AtomicReference<Throwable> failure) {
    long chunk;
    while (failure.get() == null && (chunk = next.getAndIncrement()) < chunks) {
      try {
        work.run(chunk);
      } catch (Throwable e) {
        // Also SparkException, which Scala throws undeclared.
        if (!failure.compareAndSet(null, e)) {
          failure.get().addSuppressed(e);
        }
      }
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chunk");
    thread.setDaemon(true);
    return thread;
  }

  private static void rethrow(Throwable failure) throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }
}
