// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.digitrecognizer.jobs.launch.console.ConsoleLine;
import org.digitrecognizer.jobs.launch.console.Progress;
import org.digitrecognizer.storage.Ticker;

/**
 * Says so when a job on a cluster stands still because it has no executor. Spark waits for ever,
 * whether the cluster is busy with others or its executors die as they start, and only its log says
 * which.
 */
final class ExecutorWatch implements AutoCloseable {

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration AGAIN = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final SparkContext context;
  private final PrintWriter out;
  private final Duration again;
  private final Ticker ticker;
  private Duration next;
  private long start = System.nanoTime();

  /**
   * Watches until closed.
   *
   * @param first how long to be without an executor before the first notice
   * @param again how long between two
   * @param poll how often to look
   */
  ExecutorWatch(
      SparkContext context, PrintWriter out, Duration first, Duration again, Duration poll) {
    this.context = context;
    this.out = out;
    this.again = again;
    this.next = first;
    this.ticker = new Ticker("executor-watch", poll, () -> look(first));
  }

  /** Watches until closed; local mode has nothing to watch. */
  static Optional<ExecutorWatch> over(SparkContext context, PrintWriter out) {
    return context.isLocal()
        ? Optional.empty()
        : Optional.of(new ExecutorWatch(context, out, FIRST, AGAIN, POLL));
  }

  private void look(Duration first) {
    if (context.isStopped() || !isWaiting()) {
      start = System.nanoTime();
      next = first;
      return;
    }
    Duration waited = Duration.ofNanos(System.nanoTime() - start);
    if (waited.compareTo(next) >= 0) {
      next = waited.plus(again);
      say(waited);
    }
  }

  private boolean isWaiting() {
    return ExecutorCores.executors(context).isEmpty()
        && (!ExecutorCores.dynamic(context)
            || context.statusTracker().getActiveStageIds().length > 0);
  }

  private void say(Duration waited) {
    ConsoleLine.say(
        out,
        String.format(
            "No executor for %s: either the cluster has no core or memory free for this job, or its"
                + " executors die as they start; their stderr on the workers says why (JDK 17, the"
                + " driver's Spark and the natives' processor on all of them?)",
            Progress.duration((double) waited.toSeconds())));
  }

  @Override
  public void close() {
    ticker.close();
  }
}
