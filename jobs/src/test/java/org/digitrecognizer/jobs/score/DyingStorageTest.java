// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.CommandRun;
import org.digitrecognizer.jobs.DyingFileSystem;
import org.digitrecognizer.jobs.SmallModel;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs onto storage that dies while it renames, writes or deletes something. */
@Tag("slow")
class DyingStorageTest {

  private static final int DEATHS = 4;
  private static final int FEWER = 20;

  @TempDir private Path directory;
  private final long seed = Long.getLong("seed", System.nanoTime());
  private Path archives;

  @BeforeEach
  void begin() throws IOException {
    DyingFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    archives = Files.createDirectories(directory.resolve("archives"));
    Files.write(archives.resolve("a.zip"), Scans.zip(Scans.pngs(0, 7)));
    Files.write(archives.resolve("b.tar"), Scans.tar(Scans.pngs(7, 5)));
    Files.write(archives.resolve("broken.png"), new byte[] {1, 2, 3});
  }

  @AfterEach
  void live() {
    DyingFileSystem.live();
  }

  private CommandRun score(Path output) {
    return CommandRun.digits(
        "score",
        "--archives",
        archives.toString(),
        "--model",
        SmallModel.trained().toString(),
        "--output",
        "dying:" + output,
        "--chunk-images",
        "8");
  }

  @Test
  void whereverItDiesTheNextRunEndsItExactly() throws Exception {
    int changes = scoreUndisturbed();
    Random random = new Random(seed);
    for (int death = 0; death < DEATHS; death++) {
      int after = (death * changes + random.nextInt(changes)) / DEATHS;
      String when = "death after %d of %d changes, seed %d".formatted(after, changes, seed);
      diesAndIsEnded(directory.resolve("death-" + death), after, when);
    }
  }

  /**
   * Runs a job until storage has died in it. How often it writes how far it is depends on the time
   * that it takes: one that came to its end before is run again, and storage dies earlier.
   *
   * @param changes after which storage dies
   */
  static void untilDead(int changes, Callable<CommandRun> job, String when) throws Exception {
    int after = changes;
    DyingFileSystem.dieAfter(after);
    CommandRun run = job.call();
    while (run.status() == 0 && after > 0) {
      after = Math.max(0, after - FEWER);
      DyingFileSystem.dieAfter(after);
      run = job.call();
    }
    assertThat(run.status()).as(when).isOne();
    assertThat(DyingFileSystem.isDead()).as(when).isTrue();
  }

  private int scoreUndisturbed() throws IOException {
    DyingFileSystem.live();
    score(undisturbed()).succeeded();
    int changes = DyingFileSystem.changes();
    assertThat(content(undisturbed())).hasSize(7 + 5 + 1);
    return changes;
  }

  private void diesAndIsEnded(Path output, int after, String when) throws Exception {
    untilDead(after, () -> scoreAnew(output), when);
    DyingFileSystem.live();
    // The process that holds it would be dead as well.
    Files.deleteIfExists(output.resolve("_lock.json"));
    CommandRun next = score(output);
    assertThat(next.err()).as(when).isEmpty();
    assertThat(content(output)).as(when).isEqualTo(content(undisturbed()));
    assertThat(output.resolve("report/review.csv"))
        .as(when)
        .hasSameTextualContentAs(undisturbed().resolve("report/review.csv"));
  }

  private CommandRun scoreAnew(Path output) throws IOException {
    FileUtils.deleteDirectory(output.toFile());
    return score(output);
  }

  private Path undisturbed() {
    return directory.resolve("undisturbed");
  }

  private static List<String> content(Path output) {
    return List.of("predictions", "rejected").stream()
        .flatMap(
            kind ->
                TestSpark.session()
                    .read()
                    .parquet(output.resolve(kind).toString())
                    .drop("batch", "chunk")
                    .orderBy("archive", "ordinal", "page")
                    .collectAsList()
                    .stream()
                    .map(Row::toString))
        .toList();
  }
}
