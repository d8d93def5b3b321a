// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.jobs.SmallMnist;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A standalone cluster whose processes prove to each other that they know a secret, at a site that
 * does not let them log what they do.
 */
@Tag("slow")
class ClusterSecurityIT {

  private static final String SETTINGS =
      """
      spark.authenticate true
      spark.authenticate.secret for-this-test-only
      spark.network.crypto.enabled true
      """;

  private static final String LOG_SETTINGS =
      """
      rootLogger.level = warn
      rootLogger.appenderRef.stderr.ref = stderr
      appender.stderr.type = Console
      appender.stderr.name = stderr
      appender.stderr.target = SYSTEM_ERR
      """;

  @TempDir private Path directory;

  @Test
  void onlyWhoKnowsTheSecretMaySubmit() throws Exception {
    SmallMnist.write(directory.resolve("mnist"), 100, 20);
    Path settings = Files.createDirectories(directory.resolve("settings"));
    Files.writeString(settings.resolve("spark-defaults.conf"), SETTINGS);
    Files.writeString(settings.resolve("log4j2.properties"), LOG_SETTINGS);
    LocalCluster cluster =
        new LocalCluster(
            directory.resolve("cluster"), Map.of("SPARK_CONF_DIR", settings.toString()));
    try {
      // It tries for a minute; the other needs not wait for that.
      Run.Started turnedAway = cluster.start(Map.of(), List.of(arguments("outside")));
      Run insider = cluster.digits(arguments("inside"));
      assertThat(insider.status()).as(insider.toString()).isZero();
      assertThat(directory.resolve("inside/_dataset.json")).exists();

      Run outsider = turnedAway.end();
      assertThat(outsider.status()).as(outsider.toString()).isEqualTo(1);
      assertThat(outsider.errors())
          .isEqualTo(
              "digits ingest: Spark stopped under the job: its master cannot be reached or has"
                  + " turned the job away, or no executor could start; check --master, that"
                  + " spark.authenticate and its secret are the same here and there, and what the"
                  + " executors' stderr on the workers says (JDK 17 on all of them?)\n");
      assertThat(directory.resolve("outside/_dataset.json")).doesNotExist();
    } finally {
      cluster.stop();
    }
  }

  private String[] arguments(String output) {
    return new String[] {
      "ingest",
      "--source",
      "file:" + directory.resolve("mnist"),
      "--output",
      "file:" + directory.resolve(output)
    };
  }
}
