// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scoring is killed at every step of its first night; {@link ScoreRereadKillIT} has the second. */
@Tag("slow")
class ScoreKillIT {

  private static final int SIZE = 400;

  /**
   * In the order in which a night writes them; a run that is killed there leaves the later ones.
   */
  private static final List<String> BEFORE_AND_IN_A_CHUNK =
      List.of(
          KilledScoring.LOCK,
          "_score.json",
          "_plan/batch=0.json",
          "_staging/batch=*/chunk=*/p-*.parquet",
          "_staging/batch=*/chunk=*/predictions/*.parquet",
          KilledScoring.COMMIT,
          "rejected/batch=*/chunk=*/*.parquet",
          "_pictures/batch=*/chunk=*/part-*.parquet");

  private static final List<String> AFTER_THE_CHUNKS =
      List.of(
          "report/runs/1/index.html",
          "report/metrics.json",
          "_runs/run=1.json",
          "_folded/run=1.json");

  @TempDir private Path directory;

  @Test
  void everyImageIsReadOnceHoweverOftenTheJobIsKilled() throws Exception {
    KilledScoring job = new KilledScoring(directory, SIZE);
    long life = job.runUndisturbed();
    for (String file : BEFORE_AND_IN_A_CHUNK) {
      job.killWhenWritten(file);
    }
    job.killAtRandom(life);
    for (String file : AFTER_THE_CHUNKS) {
      job.killWhenWritten(file);
    }
    job.runToItsEnd();
    job.requireAsIfNothingHadHappened();
    assertThat(job.kills()).isEqualTo(13);
  }
}
