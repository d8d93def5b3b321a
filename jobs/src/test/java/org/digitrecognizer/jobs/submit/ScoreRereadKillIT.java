// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scoring is killed in its second night, which reads new files, and rewritten ones again. */
@Tag("slow")
class ScoreRereadKillIT {

  private static final int SIZE = 400;

  /** New files, and those that were rewritten and are read again. */
  private static final List<String> SECOND_NIGHT =
      List.of(
          "_plan/batch=1.json",
          "_commits/batch=0/chunk=*.next.json",
          "_commits/batch=1/chunk=*.json",
          "_runs/run=2.json",
          "_folded/run=2.json");

  @TempDir private Path directory;

  @Test
  void everyImageIsReadOnceHoweverOftenTheJobIsKilled() throws Exception {
    KilledScoring job = new KilledScoring(directory, SIZE);
    job.runUndisturbed();
    job.runToItsEnd();
    job.archives().zip("second-night.zip", SIZE / 2);
    job.archives().tar("night.tar", 37, SIZE / 2);
    job.runUndisturbed();
    job.beginRereading();
    for (String file : SECOND_NIGHT) {
      job.killWhenWritten(file);
    }
    job.runToItsEnd();
    job.requireAsIfNothingHadHappened();
    assertThat(job.kills()).isEqualTo(5);
  }
}
