// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.console;

import java.util.OptionalDouble;

/**
 * How fast long work goes.
 *
 * @param done how much of it
 * @param seconds that this took
 */
public record Pace(long done, double seconds) {

  /** A forecast of more than a minute needs so many seconds to go by. */
  private static final double ENOUGH = 60;

  /** Returns how much is done in a second, 0 as long as there is nothing to go by. */
  public double perSecond() {
    return seconds > 0 ? done / seconds : 0;
  }

  /**
   * Returns how many seconds the rest takes; empty where that is not known yet.
   *
   * @param total how much there is in all
   */
  public OptionalDouble secondsLeft(long total) {
    if (done == 0 || seconds <= 0) {
      return OptionalDouble.empty();
    }
    double left = Math.max(0, total - done) / perSecond();
    return left > ENOUGH && seconds < ENOUGH ? OptionalDouble.empty() : OptionalDouble.of(left);
  }
}
