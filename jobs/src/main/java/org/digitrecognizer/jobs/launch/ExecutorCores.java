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
   * executor, and from then on, up to a minute, until none has come for some seconds. With dynamic
   * allocation the first may only come when there is work, so it waits a minute in all.
   */
  public static int count(SparkContext context) {
    if (context.isLocal()) {
      return context.defaultParallelism();
    }
    List<ExecutorSummary> executors = dynamic(context) ? List.of() : first(context);
    executors = settled(context, executors);
    int cores = executors.stream().mapToInt(ExecutorSummary::totalCores).sum();
    return Math.max(1, cores / context.conf().getInt("spark.task.cpus", 1));
  }

  /** Waits as long as the cluster is busy with others: one core would be a wrong count. */
  private static List<ExecutorSummary> first(SparkContext context) {
    List<ExecutorSummary> executors = executors(context);
    while (executors.isEmpty() && !context.isStopped() && pause()) {
      executors = executors(context);
    }
    return executors;
  }

  private static List<ExecutorSummary> settled(
      SparkContext context, List<ExecutorSummary> executors) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<ExecutorSummary> latest = executors;
    while (!areSettled(latest) && System.nanoTime() - deadline < 0 && pause()) {
      latest = executors(context);
    }
    return latest;
  }

  /** Returns false where the thread is told to end. */
  private static boolean pause() {
    try {
      Thread.sleep(POLL_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static boolean dynamic(SparkContext context) {
    return context.conf().getBoolean("spark.dynamicAllocation.enabled", false);
  }

  private static boolean areSettled(List<ExecutorSummary> executors) {
    Instant latest = Instant.now().minus(SETTLED);
    return !executors.isEmpty()
        && executors.stream().allMatch(executor -> executor.addTime().toInstant().isBefore(latest));
  }

  /** Returns the executors that have come and not died. */
  static List<ExecutorSummary> executors(SparkContext context) {
    return JavaConverters.seqAsJavaList(context.statusStore().executorList(true)).stream()
        .filter(executor -> !executor.id().equals(DRIVER))
        .toList();
  }
}
