// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What submit/cluster leaves behind where a cluster cannot be had. */
@Tag("slow")
class ClusterScriptIT {

  private static final String SCRIPT =
      Path.of("../submit/cluster").toAbsolutePath().normalize().toString();

  @TempDir private Path directory;

  @Test
  void startThatFailsEndsWhatItHasStarted() throws Exception {
    Path files = directory.resolve("it's 100% #1");
    // No worker understands that; the master runs by then.
    Run run =
        Run.of(
            directory,
            Map.of(),
            List.of(SCRIPT, "start", "--port", "0", "--memory", "much", "--dir", files.toString()));
    assertThat(run.status()).as(run.toString()).isEqualTo(1);
    assertThat(run.errors())
        .isEqualTo("cluster: the worker-1 ended at once: see " + files + "/worker-1.log\n");
    assertThat(files.resolve("master.log")).content().contains("I have been elected leader");
    try (Stream<Path> left = Files.list(files)) {
      assertThat(left).as("logs only").allMatch(file -> file.toString().endsWith(".log"));
    }
    assertThat(ProcessHandle.allProcesses().filter(process -> isOf(files, process)))
        .as("processes left behind")
        .isEmpty();
  }

  /** Daemons stand in the folder of their cluster. */
  private static boolean isOf(Path files, ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", "" + process.pid(), "cwd")).equals(files);
    } catch (IOException e) {
      // It has ended, or is another user's.
      return false;
    }
  }
}
