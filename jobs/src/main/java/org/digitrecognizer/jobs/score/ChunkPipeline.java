package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Works chunks off in their order, two at a time: while the last tasks of one run and its files are
 * joined and committed, the next has the cores that would be idle. Spark gives a core to the chunk
 * that began first.
 */
final class ChunkPipeline {

  private static final int AT_ONCE = 2;

  private ChunkPipeline() {}

  /** What is done with a chunk. */
  interface Work {
    /**
     * Called by a thread of its own.
     *
     * @param chunk its number
     */
    void run(long chunk) throws IOException;
  }

  /**
   * Returns when all chunks are done. If one fails no other begins, and this fails as it did when
   * the one beside it has come to its end.
   *
   * @param chunks how many there are, numbered from 0
   */
  static void run(long chunks, Work work) throws IOException {
    // Made here, since threads take over what Spark knows of the one that makes them.
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, ChunkPipeline::thread);
    Deque<Future<Void>> underWay = new ArrayDeque<>();
    try {
      for (long next = 0; next < chunks; next++) {
        if (underWay.size() == AT_ONCE) {
          await(underWay.remove());
        }
        long chunk = next;
        underWay.add(
            threads.submit(
                () -> {
                  work.run(chunk);
                  return null;
                }));
      }
      while (!underWay.isEmpty()) {
        await(underWay.remove());
      }
    } catch (IOException | RuntimeException | Error e) {
      underWay.forEach(other -> awaitBeside(other, e));
      throw e;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "chunk");
    thread.setDaemon(true);
    return thread;
  }

  private static void await(Future<Void> chunk) throws IOException {
    try {
      chunk.get();
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

  private static void awaitBeside(Future<Void> other, Throwable first) {
    try {
      await(other);
    } catch (IOException | RuntimeException | Error e) {
      first.addSuppressed(e);
    }
  }
}
