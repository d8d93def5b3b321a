package org.digitrecognizer.jobs.launch.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
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
  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final long start;
  private long total;
  private long done;
  private long next;
  private int lastLength;

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
    this.out = out;
    this.terminal = terminal;
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
    return new Progress(what, unit, total, out, onTerminal(), System::nanoTime);
  }

  // Java ends at 21 here; from 22 on the console would have to be asked more closely.
  @SuppressWarnings("SystemConsoleNull")
  public static boolean onTerminal() {
    return System.console() != null;
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
    if (terminal) {
      out.print("\r" + " ".repeat(lastLength) + "\r");
      out.flush();
    }
  }

  /** Shows where the work ended. */
  @Override
  public synchronized void close() {
    show(nanoTime.getAsLong());
    if (terminal) {
      out.println();
    }
    out.flush();
  }

  private void show(long now) {
    String line = line((double) (now - start) / NANOS);
    if (terminal) {
      // Blanks wipe out what a longer line left behind.
      out.print("\r" + line + " ".repeat(Math.max(0, lastLength - line.length())));
      lastLength = line.length();
    } else {
      out.println(line);
    }
    out.flush();
  }

  private String line(double seconds) {
    double rate = seconds > 0 ? done / seconds : 0;
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.US, "%s: %,d ", what, done));
    if (total >= 0) {
      int percent = total == 0 ? 100 : (int) (100.0 * done / total);
      line.append(String.format(Locale.US, "of %,d %s (%d %%)", total, unit, percent));
    } else {
      line.append(unit);
    }
    line.append(String.format(Locale.US, rate < 10 ? ", %.1f/s" : ", %,.0f/s", rate));
    if (total > done && rate > 0) {
      line.append(", ").append(duration((total - done) / rate)).append(" left");
    } else {
      line.append(", ").append(duration(seconds));
    }
    return line.toString();
  }

  private long interval() {
    return (terminal ? ON_TERMINAL : IN_LOG).toNanos();
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
