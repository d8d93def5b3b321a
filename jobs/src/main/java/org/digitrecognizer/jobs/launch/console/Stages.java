// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.digitrecognizer.storage.Ticker;

/**
 * Says what a job is at, from its first moment: on a terminal in a line that moves, elsewhere in a
 * line for each stage, and again every so often while one lasts. Safe for use by several threads.
 */
public final class Stages implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration IN_LOG = Duration.ofSeconds(30);
  private static final double NANOS = 1e9;

  private final PrintWriter out;
  private final ConsoleLine line;
  private final Consumer<String> alsoTold;
  private final LongSupplier nanoTime;
  private final Ticker ticker;

  /** Null between two stages. */
  private String stage;

  private long start;
  private long nextLine;

  Stages(
      PrintWriter out,
      boolean terminal,
      Consumer<String> alsoTold,
      Duration tick,
      LongSupplier nanoTime) {
    this.out = out;
    this.line = new ConsoleLine(out, terminal);
    this.alsoTold = alsoTold;
    this.nanoTime = nanoTime;
    this.ticker = new Ticker("stages", tick, this::tick);
  }

  /** Returns what tells a console. */
  public static Stages of(PrintWriter out) {
    return of(out, stage -> {});
  }

  /**
   * Returns what tells a console, and somebody else.
   *
   * @param alsoTold each stage as it begins, null when it ends
   */
  public static Stages of(PrintWriter out, Consumer<String> alsoTold) {
    return new Stages(out, ConsoleLine.ofTerminal(), alsoTold, TICK, System::nanoTime);
  }

  /**
   * Ends the stage before, if any, and begins another.
   *
   * @param what as in "Starting Spark"
   */
  public void begin(String what) {
    begin(what, true);
  }

  /** Begins a stage that a log knows of already. */
  public void goOn(String what) {
    begin(what, false);
  }

  private synchronized void begin(String what, boolean say) {
    stage = what;
    start = nanoTime.getAsLong();
    nextLine = start + IN_LOG.toNanos();
    if (say || line.onTerminal()) {
      line.show(Printable.of(what));
    }
    alsoTold.accept(what);
  }

  /** Ends the stage: what is shown next shows itself. */
  public synchronized void end() {
    stage = null;
    line.clear();
    alsoTold.accept(null);
  }

  /** Says something that is worth knowing, on a line of its own. */
  public synchronized void note(String text) {
    ConsoleLine.say(out, line.onTerminal(), text);
  }

  private synchronized void tick() {
    long now = nanoTime.getAsLong();
    if (stage != null && (line.onTerminal() || now - nextLine >= 0)) {
      nextLine = now + IN_LOG.toNanos();
      line.show(Printable.of(stage) + ", " + Progress.duration((now - start) / NANOS));
    }
  }

  @Override
  public void close() {
    // Not under this object's lock, for which a tick may be waiting.
    ticker.close();
    end();
  }
}
