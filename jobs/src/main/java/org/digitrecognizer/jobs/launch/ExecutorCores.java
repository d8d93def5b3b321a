package org.digitrecognizer.jobs.launch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.collection.JavaConverters;

/**
 * How many tasks a cluster runs at the same time. Spark's own default parallelism is what it knows
 * when it is asked, which at a job's start, before the executors have come, is 2.
 */
public final class ExecutorCores {

  /** What Spark calls the driver among the executors. */
  private static final String DRIVER = "driver";

  private static final Duration SETTLED = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 100;

  private ExecutorCores() {}

  /**
   * Returns how many tasks run at the same time, at least 1. On a cluster it waits for the first
   * executor, and until none has come for some seconds; then, or after a minute, it counts those
   * that are there.
   */
  public static int count(SparkContext context) {
    if (context.isLocal()) {
      return context.defaultParallelism();
    }
    List<ExecutorSummary> executors = settled(context);
    int cores = executors.stream().mapToInt(ExecutorSummary::totalCores).sum();
    return Math.max(1, cores / context.conf().getInt("spark.task.cpus", 1));
  }

  private static List<ExecutorSummary> settled(SparkContext context) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<ExecutorSummary> executors = executors(context);
    while (!areSettled(executors) && System.nanoTime() < deadline) {
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return executors;
      }
      executors = executors(context);
    }
    return executors;
  }

  private static boolean areSettled(List<ExecutorSummary> executors) {
    Instant latest = Instant.now().minus(SETTLED);
    return !executors.isEmpty()
        && executors.stream().allMatch(executor -> executor.addTime().toInstant().isBefore(latest));
  }

  private static List<ExecutorSummary> executors(SparkContext context) {
    return JavaConverters.seqAsJavaList(context.statusStore().executorList(true)).stream()
        .filter(executor -> !executor.id().equals(DRIVER))
        .toList();
  }
}
