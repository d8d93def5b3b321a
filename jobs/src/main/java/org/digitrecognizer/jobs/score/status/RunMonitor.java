// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.status;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.digitrecognizer.jobs.launch.console.ConsoleLine;
import org.digitrecognizer.jobs.launch.console.Pace;
import org.digitrecognizer.jobs.launch.console.Progress;
import org.digitrecognizer.jobs.launch.console.Stages;
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
  private final Stages stages;
  private final ImageCounters images;
  private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Ticker ticker;

  private final Runnable whenStopped = this::stopped;

  private RunStatus.State state = RunStatus.State.PLANNING;

  /** Null until images are read. */
  private Progress progress;

  private long scoringStart;

  /** Of the images of this run, when all are read; until then as it is now. */
  private Pace whole;

  private long planned;
  private boolean uncounted;
  private long nextFile;

  /**
   * @param stages tells what the run is at while no images are counted
   */
  public RunMonitor(
      FileSystem fs, Path file, ImageCounters images, PrintWriter out, Stages stages) {
    this.fs = fs;
    this.file = file;
    this.images = images;
    this.out = out;
    this.stages = stages;
    this.ticker = new Ticker("run-monitor", LINE, this::tick);
    ShutdownHookManager.get().addShutdownHook(whenStopped, HOOK_PRIORITY);
    write(null);
  }

  /** Says which run it is. */
  public synchronized void run(long number) {
    run = number;
  }

  /** Says what the run is at. */
  public void stage(String what) {
    stages.begin(what);
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
    stages.end();
    if (progress == null) {
      scoringStart = System.nanoTime();
      progress = Progress.of("Scoring", "images", Progress.UNKNOWN, out);
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
    ConsoleLine.say(out, line);
  }

  /** Says that the images of a batch are read, and what is done with them now. */
  public synchronized void read(String next) {
    state = RunStatus.State.PLANNING;
    finishLine();
    stage(next);
  }

  /**
   * Says that all is read and the report is being made.
   *
   * @param pace of the images of this run, as the report has it
   */
  public synchronized void reporting(Pace pace) {
    state = RunStatus.State.REPORTING;
    whole = pace;
    write(null);
    finishLine();
    stage("Checking what was read and writing the report");
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
    if (progress == null) {
      return;
    }
    if (!uncounted && total() == 0) {
      progress.clear();
    } else {
      show();
      progress.end(pace());
    }
    progress = null;
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

  private Pace pace() {
    if (whole != null) {
      return whole;
    }
    double seconds = scoringStart == 0 ? 0 : (System.nanoTime() - scoringStart) / NANOS;
    return new Pace(images.done(), seconds);
  }

  private RunStatus status(String message) {
    long done = images.done();
    Pace pace = pace();
    boolean known = scoringStart != 0 && !uncounted;
    OptionalDouble left = known ? pace.secondsLeft(total()) : OptionalDouble.empty();
    return new RunStatus(
        state,
        run,
        startedAt.toString(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        done,
        images.rejected().value(),
        known ? total() : null,
        Math.round(pace.perSecond() * 10) / 10.0,
        left.isPresent() ? Math.round(left.getAsDouble()) : null,
        message);
  }
}
