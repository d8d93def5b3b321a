// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Shows how far long work has come: done, total, rate, time left. On a terminal one line that
 * moves, elsewhere a line every so often. Safe for use by several threads.
 */
public final class Progress implements AutoCloseable {

  /** The total of work whose size is not known yet. */
  public static final long UNKNOWN = -1;

  private static final Duration ON_TERMINAL = Duration.ofMillis(200);
  private static final Duration IN_LOG = Duration.ofSeconds(30);
  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  private final String what;
  private final String unit;
  private final ConsoleLine shown;
  private final LongSupplier nanoTime;
  private final long start;
  private long total;
  private long done;
  private long next;

  Progress(
      String what,
      String unit,
      long total,
      PrintWriter out,
      boolean terminal,
      LongSupplier nanoTime) {
    this.what = what;
    this.unit = unit;
    this.total = total;
    this.shown = new ConsoleLine(out, terminal);
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.next = start + interval();
  }

  /**
   * Starts to show progress.
   *
   * @param what the work, as in "Scoring"
   * @param unit what is counted, as in "images"
   * @param total how many there are, or {@link #UNKNOWN}
   * @param out a line that moves if this process has a terminal, else a line every 30 s
   */
  public static Progress of(String what, String unit, long total, PrintWriter out) {
    return new Progress(what, unit, total, out, ConsoleLine.ofTerminal(), System::nanoTime);
  }

  /** Says how many there are, once that is known. */
  public synchronized void total(long count) {
    total = count;
  }

  /**
   * Says how many are done.
   *
   * @param count since the start, not since the last call
   */
  public synchronized void done(long count) {
    done = count;
    long now = nanoTime.getAsLong();
    if (now - next >= 0) {
      next = now + interval();
      show(now);
    }
  }

  /** Says how many more are done. */
  public synchronized void add(long count) {
    done(done + count);
  }

  /** Wipes the line off a terminal, where something else says how the work ended. */
  public synchronized void clear() {
    shown.clear();
  }

  /** Shows where the work ended. */
  @Override
  public void close() {
    long now = nanoTime.getAsLong();
    synchronized (this) {
      end(pace(now));
    }
  }

  /**
   * Shows where the work ended, as {@link #close}.
   *
   * @param pace of the work, where that is known better than by this object's own clock
   */
  public synchronized void end(Pace pace) {
    shown.show(line(pace));
    shown.end();
  }

  private void show(long now) {
    shown.show(line(pace(now)));
  }

  private Pace pace(long now) {
    return new Pace(done, (double) (now - start) / NANOS);
  }

  private String line(Pace pace) {
    double rate = pace.perSecond();
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.US, "%s: %,d ", what, done));
    if (total >= 0) {
      int percent = total == 0 ? 100 : (int) (100.0 * done / total);
      line.append(String.format(Locale.US, "of %,d %s (%d %%)", total, unit, percent));
    } else {
      line.append(unit);
    }
    line.append(String.format(Locale.US, rate < 10 ? ", %.1f/s" : ", %,.0f/s", rate));
    OptionalDouble left = total > done ? pace.secondsLeft(total) : OptionalDouble.empty();
    if (left.isPresent()) {
      line.append(", ").append(duration(left.getAsDouble())).append(" left");
    } else {
      line.append(", ").append(duration(pace.seconds()));
    }
    return line.toString();
  }

  private long interval() {
    return (shown.onTerminal() ? ON_TERMINAL : IN_LOG).toNanos();
  }

  /** Returns seconds in the form 5 s, 3 min 20 s or 2 h 05 min. */
  public static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return String.format(Locale.US, "%d min %02d s", whole / 60, whole % 60);
    }
    return String.format(Locale.US, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }
}
