// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/**
 * A scoring job that is killed again and again, by SIGKILL, with a look each time at what a reader
 * finds. The oracle is a run that nobody disturbed.
 */
final class KilledScoring {

  /** What a run writes first when all that takes a JVM its time is over. */
  static final String LOCK = "_lock.json";

  static final String COMMIT = "_commits/batch=*/chunk=*.json";

  private static final int SIGKILL = 9;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Some files are there for milliseconds only. */
  private static final int ATTEMPTS = 4;

  /** Those that do not depend on the order in which floating-point numbers are added up. */
  private static final List<String> FIGURES =
      List.of("images", "scored", "rejected", "labelled", "confusion");

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ScoreCommand command;
  private final Path directory;
  private final ScoreOutput undisturbed;
  private final ScoreOutput killed;
  private int kills;

  /** When rows of a rewritten file go, their chunk's record is ahead of its files for a moment. */
  private boolean rereading;

  /**
   * @param directory where all of it goes
   * @param size see {@link ScanArchives#writeAll}
   */
  KilledScoring(Path directory, int size) throws IOException {
    this.directory = directory;
    command = new ScoreCommand(directory, size);
    undisturbed = new ScoreOutput(directory.resolve("undisturbed"));
    killed = new ScoreOutput(directory.resolve("killed"));
  }

  ScanArchives archives() {
    return command.archives();
  }

  int kills() {
    return kills;
  }

  /** From now on a batch may read again what was rewritten. */
  void beginRereading() {
    rereading = true;
  }

  /** Runs the undisturbed job to its end, and returns how many milliseconds it took. */
  long runUndisturbed() throws Exception {
    long start = System.nanoTime();
    command.runToItsEnd(undisturbed);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** Runs the job that was killed to its end. */
  void runToItsEnd() throws Exception {
    command.runToItsEnd(killed);
  }

  /** Starts the job, waits until a file is new or other than it was, and kills the job. */
  void killWhenWritten(String file) throws Exception {
    kill(
        file,
        () -> {
          FileWatch watch = new FileWatch(killed.directory(), file);
          Run.Started job = command.start(killed, "local[2]");
          assertThat(isWritten(job, watch, 1, PATIENCE.toMillis()) || !job.process().isAlive())
              .as(file)
              .isTrue();
          // Between creating a file and closing it, or right after.
          Thread.sleep(random.nextInt(5));
          return job;
        });
  }

  /**
   * Starts the job and kills it after a random time, but before so many chunks are done that
   * nothing is left to kill.
   */
  void killAtRandom(long longest) throws Exception {
    int millis = random.nextInt((int) longest);
    kill(
        "at random, at most " + millis + " ms after the lock",
        () -> {
          FileWatch lock = new FileWatch(killed.directory(), LOCK);
          FileWatch commits = new FileWatch(killed.directory(), COMMIT);
          Run.Started job = command.start(killed, "local[2]");
          assertThat(isWritten(job, lock, 1, PATIENCE.toMillis())).as(LOCK).isTrue();
          if (isWritten(job, commits, 2, millis)) {
            Thread.sleep(random.nextInt(100));
          }
          return job;
        });
  }

  /** Whether files were written in time, before the job ended. */
  private static boolean isWritten(Run.Started job, FileWatch watch, int files, long millis)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (watch.changes() < files) {
      if (!job.process().isAlive() || System.nanoTime() - deadline >= 0) {
        return false;
      }
      Thread.sleep(1);
    }
    return true;
  }

  /**
   * Kills a job. Where it was too quick and came to its end, it is put back to where it was, and
   * tries again.
   *
   * @param start starts the job and returns it when it is time
   */
  private void kill(String when, Callable<Run.Started> start) throws Exception {
    Path before = directory.resolve("before");
    copy(killed.directory(), before);
    for (int attempt = 1; isTooLateToKill(when, start); attempt++) {
      assertThat(attempt)
          .as("%s, seed %d: it always ended by itself", when, seed)
          .isLessThan(ATTEMPTS);
      copy(before, killed.directory());
    }
    try {
      if (rereading) {
        killed.requireNothingTwice();
      } else {
        killed.requireSound();
      }
    } catch (Exception | AssertionError e) {
      throw new AssertionError("After kill %d, %s; seed %d".formatted(kills, when, seed), e);
    }
  }

  private boolean isTooLateToKill(String when, Callable<Run.Started> start) throws Exception {
    Run.Started job = start.call();
    job.process().destroyForcibly();
    Run run = job.end();
    assertThat(run.status())
        .as("%s, after %d kills, seed %d: %s", when, kills, seed, run)
        .isIn(0, 128 + SIGKILL);
    if (run.status() == 0) {
      return true;
    }
    kills++;
    return false;
  }

  /** Makes a folder what another is, or was. */
  private static void copy(Path from, Path to) throws IOException {
    FileUtils.deleteDirectory(to.toFile());
    if (Files.exists(from)) {
      FileUtils.copyDirectory(from.toFile(), to.toFile());
    }
  }

  /** Asserts that the job that was killed has come to what the undisturbed one has. */
  void requireAsIfNothingHadHappened() throws Exception {
    String seeded = "%d kills, seed %d".formatted(kills, seed);
    killed.requireSound();
    assertThat(killed.predictions()).as(seeded).isEqualTo(undisturbed.predictions());
    assertThat(killed.rejected()).as(seeded).isEqualTo(undisturbed.rejected());
    Map<String, Integer> images = killed.countsByArchive();
    assertThat(command.byName(images)).as(seeded).containsAllEntriesOf(command.archives().images());
    JsonNode metrics = killed.json("report/metrics.json");
    JsonNode expected = undisturbed.json("report/metrics.json");
    for (String figure : FIGURES) {
      assertThat(metrics.get(figure)).as(figure).isNotNull().isEqualTo(expected.get(figure));
    }
    assertThat(metrics.get("images").asInt())
        .isEqualTo(images.values().stream().mapToInt(Integer::intValue).sum());
    assertThat(killed.directory().resolve("report/review.csv"))
        .hasSameTextualContentAs(undisturbed.directory().resolve("report/review.csv"));
    assertThat(killed.json("status.json").path("state").asText()).isEqualTo("DONE");
    assertThat(killed.directory().resolve("_staging")).doesNotExist();
    assertThat(killed.directory().resolve(LOCK)).doesNotExist();
  }
}
