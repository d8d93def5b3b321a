package org.digitrecognizer.jobs.score;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/** Does something small every so often, on a thread that does not keep the process alive. */
final class Ticker implements AutoCloseable {

  private final Timer timer;

  /**
   * @param name of the thread
   * @param tick must not throw
   */
  Ticker(String name, Duration interval, Runnable tick) {
    timer = new Timer(name, true);
    timer.scheduleAtFixedRate(
        new TimerTask() {
          @Override
          public void run() {
            tick.run();
          }
        },
        interval.toMillis(),
        interval.toMillis());
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
