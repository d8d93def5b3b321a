package org.digitrecognizer.jobs.launch.console;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/** Does something small every so often, on a thread that does not keep the process alive. */
public final class Ticker implements AutoCloseable {

  private final Timer timer;
  private boolean closed;

  /**
   * Begins.
   *
   * @param name of the thread
   * @param interval between two ticks, and before the first
   * @param tick must not throw
   */
  public Ticker(String name, Duration interval, Runnable tick) {
    timer = new Timer(name, true);
    timer.scheduleAtFixedRate(
        new TimerTask() {
          @Override
          public void run() {
            runUnlessClosed(tick);
          }
        },
        interval.toMillis(),
        interval.toMillis());
  }

  private synchronized void runUnlessClosed(Runnable tick) {
    if (!closed) {
      tick.run();
    }
  }

  /**
   * Waits for a tick that is under way; no other follows. A caller must not hold a lock that the
   * tick takes.
   */
  @Override
  public synchronized void close() {
    closed = true;
    timer.cancel();
  }
}
