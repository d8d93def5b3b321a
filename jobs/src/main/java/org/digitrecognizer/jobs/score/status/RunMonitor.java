package org.digitrecognizer.jobs.score.status;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.digitrecognizer.jobs.launch.console.Progress;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.jobs.score.run.ImageCounters;
import org.digitrecognizer.storage.JsonFile;
import org.digitrecognizer.storage.Ticker;

/** Says how far a run has come: a line on the console, and status.json for who looks from afar. */
public final class RunMonitor implements AutoCloseable {

  private static final Duration LINE = Duration.ofMillis(500);
  private static final Duration FILE = Duration.ofSeconds(5);
  private static final double NANOS = 1e9;

  /** After a job was told to stop and had its time to, and before the file systems close. */
  private static final int HOOK_PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 50;

  private final FileSystem fs;
  private final Path file;
  private long run;
  private final PrintWriter out;
  private final Progress progress;
  private final ImageCounters images;
  private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Ticker ticker;

  private final Runnable whenStopped = this::stopped;

  private RunStatus.State state = RunStatus.State.PLANNING;
  private long scoringStart;
  private long planned;
  private boolean uncounted;
  private long nextFile;

  public RunMonitor(FileSystem fs, Path file, ImageCounters images, PrintWriter out) {
    this.fs = fs;
    this.file = file;
    this.images = images;
    this.out = out;
    this.progress = Progress.of("Scoring", "images", Progress.UNKNOWN, out);
    this.ticker = new Ticker("run-monitor", LINE, this::tick);
    ShutdownHookManager.get().addShutdownHook(whenStopped, HOOK_PRIORITY);
    write(null);
  }

  /** Says which run it is. */
  public synchronized void run(long number) {
    run = number;
  }

  /** Returns when the run began. */
  public Instant startedAt() {
    return startedAt;
  }

  /**
   * Says that images of a batch are going to be read now.
   *
   * @param alreadyDone of those that were planned, by a run that was cut short
   */
  public synchronized void scoring(Plan plan, long alreadyDone) {
    if (scoringStart == 0) {
      scoringStart = System.nanoTime();
    }
    state = RunStatus.State.SCORING;
    planned += plan.leastImages() - alreadyDone;
    uncounted |= plan.uncounted() > 0;
  }

  /** Pages of a file are found when it is read: until then it counts for one. */
  private long total() {
    return planned + images.unplanned().value();
  }

  private void show() {
    long done = images.done();
    progress.total(uncounted ? Progress.UNKNOWN : total());
    progress.done(done);
  }

  /** Says something that is worth knowing, on a line of its own. */
  public synchronized void note(String line) {
    progress.clear();
    out.println(line);
    out.flush();
  }

  /** Says that all is read and the report is being made. */
  public synchronized void reporting() {
    state = RunStatus.State.REPORTING;
    write(null);
  }

  /** Says that the run has ended well. */
  public void done() {
    end(RunStatus.State.DONE, null);
  }

  /** Says that the run has failed. */
  public void failed(String message) {
    end(RunStatus.State.FAILED, message);
  }

  private void end(RunStatus.State last, String message) {
    ticker.close();
    synchronized (this) {
      state = last;
      write(message);
    }
  }

  private void stopped() {
    if (state != RunStatus.State.DONE && state != RunStatus.State.FAILED) {
      end(RunStatus.State.FAILED, "stopped before it was done");
    }
  }

  @Override
  public void close() {
    ticker.close();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(whenStopped);
    }
    finishLine();
  }

  private synchronized void finishLine() {
    if (!uncounted && total() == 0) {
      progress.clear();
    } else {
      show();
      progress.close();
    }
  }

  private synchronized void tick() {
    if (state == RunStatus.State.SCORING) {
      show();
    }
    if (System.nanoTime() - nextFile >= 0) {
      nextFile = System.nanoTime() + FILE.toNanos();
      write(null);
    }
  }

  // Nothing depends on status.json, so a file system that fails here is no reason to stop.
  private void write(String message) {
    try {
      JsonFile.write(fs, file, status(message));
    } catch (IOException e) {
      return;
    }
  }

  private RunStatus status(String message) {
    long done = images.done();
    double seconds = scoringStart == 0 ? 0 : (System.nanoTime() - scoringStart) / NANOS;
    double rate = seconds > 0 ? done / seconds : 0;
    boolean known = scoringStart != 0 && !uncounted;
    return new RunStatus(
        state,
        run,
        startedAt.toString(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        done,
        images.rejected().value(),
        known ? total() : null,
        Math.round(rate * 10) / 10.0,
        known && rate > 0 ? Math.round(Math.max(0, total() - done) / rate) : null,
        message);
  }
}
