// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.scan.DamagedScans;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the decoders' libraries log about damaged files, with the logging that is shipped. */
@Tag("slow")
class DecoderLoggingTest {

  @Test
  void damagedFilesLeaveNothingOnStderr() throws Exception {
    Path module = Path.of("").toAbsolutePath();
    Run run =
        Run.of(
            module,
            Map.of(),
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.awt.headless=true",
                "-Dlog4j2.configurationFile=" + module.resolve("../conf/log4j2.properties").toUri(),
                "-cp",
                System.getProperty("java.class.path"),
                DamagedScans.class.getName(),
                "50"));
    assertThat(run.errors()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.output()).matches("[1-9]\\d+ rejected\\R");
  }
}
