// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.jobs.SmallMnist;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On which addresses a job in local mode listens, as the kernel tells. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class ListeningIT {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path directory;

  /** The driver and its blocks have a port each, and the UI one more where it is turned on. */
  @ParameterizedTest
  @CsvSource({"false, 2", "true, 3"})
  void localModeListensOnLoopbackOnly(String ui, int ports) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                PROJECT.resolve("submit/digits").toString(),
                "ingest",
                "--source",
                SmallMnist.write(directory.resolve("mnist"), 600, 60).toString(),
                "--output",
                directory.resolve("dataset").toString(),
                "--",
                "--master",
                "local[2]",
                "--conf",
                "spark.ui.enabled=" + ui));
    command.addAll(QuickJvm.driver());
    Run.Started run = Run.start(directory, Map.of(), command);
    List<String> addresses = List.of();
    while (run.process().isAlive()) {
      List<String> now = ListeningAddresses.of(run.process().toHandle());
      addresses = now.size() > addresses.size() ? now : addresses;
      Thread.sleep(20);
    }
    Run end = run.end();
    assertThat(end.status()).as(end.toString()).isZero();
    assertThat(addresses).hasSize(ports).allMatch(ListeningAddresses::isLoopback);
  }
}
