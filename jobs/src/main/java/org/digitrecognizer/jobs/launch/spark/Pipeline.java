// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Begins pieces of work in their order and does two of them at a time: while the last tasks of one
 * run, or the driver does what is left of it, the next has the cores that would be idle. Spark
 * gives a core to the one whose tasks came first.
 */
public final class Pipeline {

  public static final int AT_ONCE = 2;

  private Pipeline() {}

  /** Pieces of work of one kind. */
  @FunctionalInterface
  public interface Work {
    /**
     * Called by a thread of its own.
     *
     * @param piece its number
     */
    void run(long piece) throws IOException;
  }

  /** A piece of work of its own kind. */
  @FunctionalInterface
  public interface Step {
    /** Called by a thread of its own. */
    void run() throws IOException;
  }

  /** Does steps of which none waits for another, as {@link #run(long, Work)} does pieces. */
  public static void run(Step... steps) throws IOException {
    run(steps.length, step -> steps[(int) step].run());
  }

  /**
   * Returns when all is done. If one piece fails no other begins, and this fails as it did when the
   * one beside it has come to its end.
   *
   * @param pieces how many there are, numbered from 0
   */
  public static void run(long pieces, Work work) throws IOException {
    // Made here, since threads take over what Spark knows of the one that makes them.
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, Pipeline::thread);
    CompletionService<Void> underWay = new ExecutorCompletionService<>(threads);
    long begun = 0;
    long ended = 0;
    try {
      while (ended < pieces) {
        while (begun < pieces && begun - ended < AT_ONCE) {
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

  private static void begin(long piece, Work work, CompletionService<Void> underWay) {
    underWay.submit(
        () -> {
          work.run(piece);
          return null;
        });
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "pipeline");
    thread.setDaemon(true);
    return thread;
  }

  /** Waits for the next piece that ends, and fails as it did. */
  private static void awaitOne(CompletionService<Void> underWay) throws IOException {
    try {
      underWay.take().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while work was under way");
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
