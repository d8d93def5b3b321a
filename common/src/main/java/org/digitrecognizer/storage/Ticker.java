// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.storage;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something small every so often, on a thread that does not keep the process alive. */
public final class Ticker implements AutoCloseable {

  private final ScheduledExecutorService thread;
  private final Future<?> ticks;
  private boolean closed;

  /**
   * Begins.
   *
   * @param name of the thread
   * @param interval between two ticks, and before the first
   * @param tick one that throws is over, and the next comes all the same
   */
  public Ticker(String name, Duration interval, Runnable tick) {
    thread = Executors.newSingleThreadScheduledExecutor(task -> daemon(name, task));
    ticks =
        thread.scheduleAtFixedRate(
            () -> runUnlessClosed(tick),
            interval.toMillis(),
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private synchronized void runUnlessClosed(Runnable tick) {
    if (closed) {
      return;
    }
    try {
      tick.run();
    } catch (RuntimeException | Error e) {
      // An executor runs nothing again that has thrown, and a lock whose heart stands still is
      // another's after some seconds.
      return;
    }
  }

  /**
   * Waits for a tick that is under way; no other follows. A caller must not hold a lock that the
   * tick takes.
   */
  @Override
  public synchronized void close() {
    closed = true;
    ticks.cancel(false);
    thread.shutdown();
  }
}
