package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills scoring again and again, by SIGKILL, and looks each time what a reader finds. The oracle is
 * a run that nobody disturbed.
 */
@Tag("slow")
class ScoreKillIT {

  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;
  private static final int SIZE = 400;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** What a run writes first when all that takes a JVM its time is over. */
  private static final String LOCK = "_lock.json";

  private static final String COMMIT = "_commits/batch=*/chunk=*.json";

  /**
   * In the order in which a night writes them; a run that is killed there leaves the later ones.
   */
  private static final List<String> BEFORE_AND_IN_A_CHUNK =
      List.of(
          LOCK,
          "_checkpoint/sources/0/0",
          "_checkpoint/offsets/0",
          "_plan/batch=0.json",
          "_staging/batch=*/chunk=*/p-*.parquet",
          "_staging/batch=*/chunk=*/predictions/*.parquet",
          "_pictures/batch=*/chunk=*.json.gz",
          COMMIT,
          "rejected/batch=*/chunk=*/*.parquet");

  private static final List<String> AFTER_THE_CHUNKS =
      List.of(
          "_checkpoint/commits/0",
          "report/runs/1/index.html",
          "report/metrics.json",
          "_runs/run=1.json",
          "report/index.html");

  /** New files first, then those that were rewritten and are read again. */
  private static final List<String> SECOND_NIGHT =
      List.of(
          COMMIT,
          "_checkpoint/commits/1",
          "_plan/batch=-1.json",
          "_commits/batch=0/chunk=*.next.json",
          "_commits/batch=-1/chunk=*.json",
          "_runs/run=2.json");

  /** Those that do not depend on the order in which floating-point numbers are added up. */
  private static final List<String> FIGURES =
      List.of("images", "scored", "rejected", "labelled", "confusion");

  private static final int AT_RANDOM = 3;

  @TempDir private Path directory;
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private ScoreCommand command;
  private ScoreOutput undisturbed;
  private ScoreOutput killed;
  private int kills;

  /** When rows of a rewritten file go, their chunk's record is ahead of its files for a moment. */
  private boolean rereading;

  @Test
  void everyImageIsReadOnceHoweverOftenTheJobIsKilled() throws Exception {
    command = new ScoreCommand(directory, SIZE);
    undisturbed = new ScoreOutput(directory.resolve("undisturbed"));
    killed = new ScoreOutput(directory.resolve("killed"));

    long start = System.nanoTime();
    command.runToItsEnd(undisturbed);
    long life = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    for (String file : BEFORE_AND_IN_A_CHUNK) {
      killWhenWritten(file);
    }
    for (int i = 0; i < AT_RANDOM; i++) {
      killAtRandom(life);
    }
    for (String file : AFTER_THE_CHUNKS) {
      killWhenWritten(file);
    }
    command.runToItsEnd(killed);
    isAsIfNothingHadHappened();

    command.archives().zip("second-night.zip", SIZE / 2);
    command.archives().tar("night.tar", 37, SIZE / 2);
    command.runToItsEnd(undisturbed);
    rereading = true;
    for (String file : SECOND_NIGHT) {
      killWhenWritten(file);
    }
    command.runToItsEnd(killed);
    isAsIfNothingHadHappened();
    assertThat(kills).isGreaterThanOrEqualTo(20);
  }

  @Test
  void stoppedItSaysSoInOneLineAndGoesOnWhereItWas() throws Exception {
    command = new ScoreCommand(directory, SIZE / 4);
    killed = new ScoreOutput(directory.resolve("stopped"));
    FileWatch commits = new FileWatch(killed.directory(), COMMIT);
    Run.Started job = command.start(killed, "local[2]");
    assertThat(isWritten(job, commits, 1, PATIENCE.toMillis())).as(COMMIT).isTrue();
    job.process().destroy();
    Run run = job.end();
    assertThat(run.status()).as(run.toString()).isEqualTo(128 + SIGTERM);
    assertThat(run.errors())
        .isEqualTo(
            "digits score: stopped before it was done; run the same command again to go on where"
                + " it was\n");
    killed.requireSound();
    command.runToItsEnd(killed);
    killed.requireSound();
    assertThat(command.byName(killed.countsByArchive()))
        .containsAllEntriesOf(command.archives().images());
  }

  private void killWhenWritten(String file) throws Exception {
    FileWatch watch = new FileWatch(killed.directory(), file);
    Run.Started job = command.start(killed, "local[2]");
    assertThat(isWritten(job, watch, 1, PATIENCE.toMillis())).as(file).isTrue();
    // Between creating a file and closing it, or right after.
    Thread.sleep(random.nextInt(5));
    kill(job, file);
  }

  /** Kills after a random time, but before so many chunks are done that nothing is left to kill. */
  private void killAtRandom(long longest) throws Exception {
    FileWatch lock = new FileWatch(killed.directory(), LOCK);
    FileWatch commits = new FileWatch(killed.directory(), COMMIT);
    Run.Started job = command.start(killed, "local[2]");
    assertThat(isWritten(job, lock, 1, PATIENCE.toMillis())).as(LOCK).isTrue();
    int millis = random.nextInt((int) longest);
    if (isWritten(job, commits, 2, millis)) {
      Thread.sleep(random.nextInt(100));
    }
    kill(job, "at random, at most " + millis + " ms after the lock");
  }

  private boolean isWritten(Run.Started job, FileWatch watch, int files, long millis)
      throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (watch.changes() < files) {
      if (!job.process().isAlive() && watch.changes() < files) {
        throw new AssertionError(
            "It ended by itself after %d kills, seed %d: %s".formatted(kills, seed, job.end()));
      }
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      Thread.sleep(1);
    }
    return true;
  }

  private void kill(Run.Started job, String when) throws Exception {
    job.process().destroyForcibly();
    assertThat(job.end().status()).isEqualTo(128 + SIGKILL);
    kills++;
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

  private void isAsIfNothingHadHappened() throws Exception {
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
