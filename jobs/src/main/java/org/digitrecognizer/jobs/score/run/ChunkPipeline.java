// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.run;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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
    // Made here, since threads take over what Spark knows of the one that makes them.
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, ChunkPipeline::thread);
    CompletionService<Void> underWay = new ExecutorCompletionService<>(threads);
    long begun = 0;
    long ended = 0;
    try {
      while (ended < chunks) {
        while (begun < chunks && begun - ended < AT_ONCE) {
          begin(begun++, work, underWay);
        }
        ended++;
        awaitOne(underWay);
      }
    } catch (IOException | RuntimeException | Error e) {
      for (; ended < begun; ended++) {
        awaitBeside(underWay, e);
      }
      throw e;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void begin(long chunk, Work work, CompletionService<Void> underWay) {
    underWay.submit(
        () -> {
          work.run(chunk);
          return null;
        });
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chunk");
    thread.setDaemon(true);
    return thread;
  }

  /** Waits for the next chunk that ends, and fails as it did. */
  private static void awaitOne(CompletionService<Void> underWay) throws IOException {
    try {
      underWay.take().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while chunks were under way");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    }
  }

  private static void awaitBeside(CompletionService<Void> underWay, Throwable first) {
    try {
      awaitOne(underWay);
    } catch (IOException | RuntimeException | Error e) {
      first.addSuppressed(e);
    }
  }
}
