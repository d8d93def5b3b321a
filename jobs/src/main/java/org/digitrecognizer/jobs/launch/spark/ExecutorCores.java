// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.status.ExecutorSummaryWrapper;
import org.apache.spark.status.api.v1.ExecutorSummary;

/**
 * How many tasks a cluster runs at the same time. Spark's own default parallelism is what it knows
 * when it is asked, which at a job's start, before the executors have come, is 2.
 */
public final class ExecutorCores {

  /** What Spark calls the driver among the executors. */
  private static final String DRIVER = "driver";

  private static final Duration SETTLED = Duration.ofSeconds(5);

  /** Where more were asked for than have come, they may still be starting. */
  private static final Duration SETTLED_BELOW_EXPECTED = Duration.ofSeconds(20);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 100;

  private ExecutorCores() {}

  /**
   * Returns how many tasks run at the same time, at least 1. On a cluster it waits for the first
   * executor, however busy the cluster is, and then, up to a minute, for as many cores as the
   * settings ask for, or until none has come for some seconds. With dynamic allocation more come
   * only when there is work, so it waits for those that are there from the start, if any.
   */
  public static int count(SparkContext context) {
    if (context.isLocal()) {
      return context.defaultParallelism();
    }
    OptionalInt expected = expected(context.conf());
    List<ExecutorSummary> executors;
    if (dynamic(context) && expected.isEmpty()) {
      executors = executors(context);
    } else {
      awaitFirst(context);
      executors = settled(context, expected);
    }
    return Math.max(1, cores(executors) / context.conf().getInt("spark.task.cpus", 1));
  }

  /** Returns how many cores the settings ask for, if they say. */
  static OptionalInt expected(SparkConf conf) {
    int executors = conf.getInt("spark.executor.instances", 0);
    if (isDynamic(conf)) {
      executors = Math.max(executors, conf.getInt("spark.dynamicAllocation.minExecutors", 0));
      executors = Math.max(executors, conf.getInt("spark.dynamicAllocation.initialExecutors", 0));
    }
    if (executors > 0) {
      return OptionalInt.of(executors * Math.max(1, conf.getInt("spark.executor.cores", 1)));
    }
    return conf.contains("spark.cores.max") && !isDynamic(conf)
        ? OptionalInt.of(conf.getInt("spark.cores.max", 1))
        : OptionalInt.empty();
  }

  /** One core would be a wrong count of a cluster that is busy with others. */
  private static void awaitFirst(SparkContext context) {
    while (executors(context).isEmpty() && !context.isStopped() && pause()) {
      // ExecutorWatch says what it waits for.
    }
  }

  private static List<ExecutorSummary> settled(SparkContext context, OptionalInt expected) {
    Duration quiet = expected.isPresent() ? SETTLED_BELOW_EXPECTED : SETTLED;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<ExecutorSummary> executors = executors(context);
    while (!executors.isEmpty()
        && cores(executors) < expected.orElse(Integer.MAX_VALUE)
        && !areOlder(executors, quiet)
        && System.nanoTime() - deadline < 0
        && pause()) {
      executors = executors(context);
    }
    return executors;
  }

  private static boolean areOlder(List<ExecutorSummary> executors, Duration age) {
    Instant latest = Instant.now().minus(age);
    return executors.stream().allMatch(executor -> executor.addTime().toInstant().isBefore(latest));
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

  private static int cores(List<ExecutorSummary> executors) {
    return executors.stream().mapToInt(ExecutorSummary::totalCores).sum();
  }

  /** Whether executors come and go with the work. */
  static boolean dynamic(SparkContext context) {
    return isDynamic(context.conf());
  }

  private static boolean isDynamic(SparkConf conf) {
    return conf.getBoolean("spark.dynamicAllocation.enabled", false);
  }

  /**
   * Returns the executors that have come and not died. Asked of the store itself, which is Java's:
   * a list of Scala's is another class in each line of Spark.
   */
  static List<ExecutorSummary> executors(SparkContext context) {
    List<ExecutorSummary> executors = new ArrayList<>();
    try {
      for (ExecutorSummaryWrapper wrapper :
          context.statusStore().store().view(ExecutorSummaryWrapper.class)) {
        ExecutorSummary executor = wrapper.info();
        if (executor.isActive() && !executor.id().equals(DRIVER)) {
          executors.add(executor);
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("Spark's own list of executors cannot be read", e);
    }
    return executors;
  }
}
