// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scoring that is told to end, as Ctrl-C and SIGTERM do. */
@Tag("slow")
class ScoreStopIT {

  private static final int SIGTERM = 15;
  private static final int SIZE = 100;

  @TempDir private Path directory;

  @Test
  void stoppedItSaysSoInOneLineAndGoesOnWhereItWas() throws Exception {
    ScoreCommand command = new ScoreCommand(directory, SIZE);
    ScoreOutput stopped = new ScoreOutput(directory.resolve("stopped"));
    FileWatch commits = new FileWatch(stopped.directory(), KilledScoring.COMMIT);
    Run.Started job = command.start(stopped, "local[2]");
    LocalCluster.await(() -> commits.changes() > 0 || !job.process().isAlive());
    job.process().destroy();
    Run run = job.end();
    assertThat(run.status()).as(run.toString()).isEqualTo(128 + SIGTERM);
    assertThat(run.errors())
        .isEqualTo(
            "digits score: stopped before it was done; run the same command again to go on where"
                + " it was\n");
    assertThat(stopped.json("status.json").get("state").asText()).isEqualTo("FAILED");
    stopped.requireSound();
    command.runToItsEnd(stopped);
    stopped.requireSound();
    assertThat(command.byName(stopped.countsByArchive()))
        .containsAllEntriesOf(command.archives().images());
  }

  @Test
  void stoppedWhilePlanningItsStatusSaysSo() throws Exception {
    ScoreCommand command = new ScoreCommand(directory, SIZE);
    ScoreOutput stopped = new ScoreOutput(directory.resolve("stopped"));
    FileWatch begun = new FileWatch(stopped.directory(), "status.json");
    Run.Started job = command.start(stopped, "local[2]");
    LocalCluster.await(() -> begun.changes() > 0 || !job.process().isAlive());
    job.process().destroy();
    assertThat(job.end().status()).isEqualTo(128 + SIGTERM);
    assertThat(stopped.json("status.json").get("state").asText()).isEqualTo("FAILED");
  }
}
