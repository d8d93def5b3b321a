// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * Ends a job in good order when its process is told to end (Ctrl-C, SIGTERM). Left alone, Spark
 * would stop under the job that runs on it. So before that, what Spark runs for the job is
 * cancelled until the job has given up. The process ends with the signal's own status (130, 143).
 */
final class OrderlyStop implements AutoCloseable {

  // Hooks run from the highest down; Spark's own is at 30 above the file systems'.
  private static final int BEFORE_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 100;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final CountDownLatch jobEnded = new CountDownLatch(1);
  private final Runnable hook = this::stop;
  private final Runnable afterwards;
  private volatile boolean begun;

  /**
   * Watches until closed. From the moment the process is told to end, {@link System#err} leads
   * nowhere; what was made of it before goes on working.
   *
   * @param afterwards is run once the job has given up, or has not within some seconds
   */
  OrderlyStop(Runnable afterwards) {
    this.afterwards = afterwards;
    ShutdownHookManager.get().addShutdownHook(hook, BEFORE_SPARK);
  }

  /** Whether the process was told to end, so that a failure of the job is no news. */
  boolean begun() {
    return begun;
  }

  private void stop() {
    begun = true;
    // Scala's pools print what they can no longer do past the log, and now they all end.
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      do {
        // Time and again: between two of them the job may have begun another.
        cancelSparkJobs();
      } while (!jobEnded.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)
          && System.nanoTime() - deadline < 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    afterwards.run();
  }

  private static void cancelSparkJobs() {
    Option<SparkSession> session = SparkSession.getDefaultSession();
    try {
      if (session.isDefined() && !session.get().sparkContext().isStopped()) {
        session.get().sparkContext().cancelAllJobs();
      }
    } catch (IllegalStateException e) {
      // Stopped just now: the job is ending.
      return;
    }
  }

  /** Says that the job has ended, and watches no longer. */
  @Override
  public void close() {
    jobEnded.countDown();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
