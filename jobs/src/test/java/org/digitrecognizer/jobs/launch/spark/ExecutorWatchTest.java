// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkContext;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExecutorWatchTest {

  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration NEVER = Duration.ofDays(1);

  /** Tells when a line has come. */
  private static final class Lines extends StringWriter {
    private final CountDownLatch come;

    Lines(int count) {
      come = new CountDownLatch(count);
    }

    @Override
    public void flush() {
      come.countDown();
    }
  }

  /** The driver of a local session is no executor, so it has none. */
  @Test
  @Timeout(60)
  void saysOnceThatNoExecutorHasCome() throws InterruptedException {
    Lines lines = new Lines(1);
    ExecutorWatch watch = watch(lines, NEVER);
    lines.come.await();
    Thread.sleep(10 * POLL.toMillis());
    watch.close();
    assertThat(lines.toString())
        .matches(
            "No executor for \\d+ s: either the cluster has no core or memory free for this job, or"
                + " its executors die as they start; their stderr on the workers says why \\(JDK"
                + " 17, the driver's Spark and the natives' processor on all of"
                + " them\\?\\)\\R");
  }

  @Test
  @Timeout(60)
  void saysItAgainAfterAWhile() throws InterruptedException {
    Lines lines = new Lines(3);
    ExecutorWatch watch = watch(lines, FIRST);
    lines.come.await();
    watch.close();
    assertThat(lines.toString().lines()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void leavesLocalModeAlone() {
    assertThat(ExecutorWatch.over(context(), new PrintWriter(new Lines(1)))).isEmpty();
  }

  private static ExecutorWatch watch(Lines lines, Duration again) {
    return new ExecutorWatch(context(), new PrintWriter(lines), FIRST, again, POLL);
  }

  private static SparkContext context() {
    return TestSpark.session().sparkContext();
  }
}
