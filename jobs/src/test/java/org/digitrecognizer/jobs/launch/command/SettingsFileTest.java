// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.digitrecognizer.jobs.SparkProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

  @TempDir private Path directory;

  @Test
  void readsAsSparkDoes() throws IOException {
    Path file = directory.resolve("spark-defaults.conf");
    Files.writeString(
        file,
        """
        # a comment \\
        ! another
        spark.a 1
        spark.b=  2 \t
        spark.c : 3
        spark.d\t4\\
           5
        spark\\ e x\\ty\\u00fc
        spark.ü ß 数
        spark.empty
        """);
    assertThat(SettingsFile.read(file))
        .isEqualTo(SparkProperties.read(file))
        .containsEntry("spark.d", "45")
        .containsEntry("spark.ü", "ß 数");
  }

  @Test
  void whatIsNotThereSetsNothing() {
    assertThat(SettingsFile.read(directory.resolve("none"))).isEmpty();
  }

  @Test
  void namesTheFileThatCannotBeRead() throws IOException {
    Path file = directory.resolve("spark-defaults.conf");
    Files.writeString(file, "spark.a \\u12");
    assertThatThrownBy(() -> SettingsFile.read(file))
        .isInstanceOf(LaunchException.class)
        .hasMessage(file + " cannot be read as a properties file: Malformed \\uxxxx encoding.");
  }
}
