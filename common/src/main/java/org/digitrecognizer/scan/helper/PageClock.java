// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.helper;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends a process that takes too much processor time for an answer: on a machine that is busy, a
 * page that is none too large may wait for long. Where it waits for ten times as long, it is ended
 * too.
 */
final class PageClock {

  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private static final int LONGEST_WAIT = 10;

  /** How old a look at the processor time may be that a limit counts from: to look costs some. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Process process;
  private Duration used = Duration.ZERO;
  private long looked = System.nanoTime() - LOOK_NANOS;

  PageClock(Process process) {
    this.process = process;
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "page-clock");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /** Calls something later. */
  static ScheduledFuture<?> after(int seconds, Runnable task) {
    return CLOCK.schedule(task, seconds, TimeUnit.SECONDS);
  }

  /** Returns an alarm that ends the process after so many seconds from now. */
  Alarm set(int seconds) {
    long now = System.nanoTime();
    if (now - looked >= LOOK_NANOS) {
      used = usedTime(process);
      looked = now;
    }
    return new Alarm(process, used, seconds);
  }

  /** Returns its processor time; where the system does not tell, the time that has passed. */
  private static Duration usedTime(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ofNanos(System.nanoTime()));
  }

  /** Ends a process once, until it is cancelled. */
  static final class Alarm {

    private final Process process;
    private final Duration usedBefore;
    private final int seconds;
    private final long start = System.nanoTime();
    private final ScheduledFuture<?> checks;
    private volatile boolean rang;

    private Alarm(Process process, Duration usedBefore, int seconds) {
      this.process = process;
      this.usedBefore = usedBefore;
      this.seconds = seconds;
      this.checks = CLOCK.scheduleWithFixedDelay(this::check, seconds, 1, TimeUnit.SECONDS);
    }

    private void check() {
      long waited = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      boolean usedUp = usedTime(process).minus(usedBefore).toSeconds() >= seconds;
      if (usedUp || waited >= (long) LONGEST_WAIT * seconds) {
        rang = true;
        process.destroyForcibly();
      }
    }

    /** Whether it has ended the process. */
    boolean rang() {
      return rang;
    }

    void cancel() {
      checks.cancel(false);
    }
  }
}
