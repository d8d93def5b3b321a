// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.helper;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledFuture;
import org.digitrecognizer.scan.ScanLimits;

/**
 * The helpers of this process that nobody uses at the moment: there are as many in all as threads
 * read documents at once. One that is idle for a minute is ended.
 */
final class HelperPool {

  private static final int IDLE_SECONDS = 60;

  private static final Deque<Idle> IDLE = new ArrayDeque<>();

  private record Idle(HelperProcess helper, ScheduledFuture<?> end) {}

  private HelperPool() {}

  /**
   * Returns an idle helper, or starts one.
   *
   * @throws org.digitrecognizer.failure.UserException if no Java can be started
   */
  static HelperProcess take(ScanLimits limits) {
    HelperProcess idle = takeIdle(limits);
    return idle == null ? HelperProcess.start(limits) : idle;
  }

  private static synchronized HelperProcess takeIdle(ScanLimits limits) {
    Idle idle;
    while ((idle = IDLE.pollFirst()) != null) {
      if (idle.end.cancel(false) && idle.helper.limits().equals(limits)) {
        return idle.helper;
      }
      idle.helper.end();
    }
    return null;
  }

  /** Takes back a helper that has no document open. */
  static synchronized void giveBack(HelperProcess helper) {
    IDLE.addFirst(new Idle(helper, PageClock.after(IDLE_SECONDS, helper::end)));
  }
}
