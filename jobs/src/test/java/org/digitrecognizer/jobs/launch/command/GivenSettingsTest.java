// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenSettingsTest {

  @TempDir private Path directory;

  @Test
  void everySpellingOfAnOptionIsASetting() {
    GivenSettings given =
        GivenSettings.read(
            List.of("--master", "yarn", "--conf=a=b=c", "-c", "d=", "--name=x y", "--files", "f"),
            Map.of());
    assertThat(given.user())
        .isEqualTo(Map.of("spark.master", "yarn", "a", "b=c", "d", "", "spark.app.name", "x y"));
  }

  @Test
  void theLastOfTwoStands() {
    List<String> options = List.of("--driver-memory", "1g", "--conf", "spark.driver.memory=2g");
    assertThat(GivenSettings.read(options, Map.of("SPARK_DRIVER_MEMORY", "3g")).user())
        .containsEntry("spark.driver.memory", "2g");
    assertThat(GivenSettings.read(List.of(), Map.of("SPARK_DRIVER_MEMORY", "3g")).user())
        .containsEntry("spark.driver.memory", "3g");
  }

  @Test
  void theUsersStandAboveTheSites() throws IOException {
    Path file = Files.writeString(directory.resolve("spark-defaults.conf"), "a 1\nb 2\n");
    GivenSettings given =
        GivenSettings.read(
            List.of("--conf", "a=3"), Map.of("SPARK_CONF_DIR", directory.toString()));
    assertThat(given.get("a")).contains("3");
    assertThat(given.get("b")).contains("2");
    assertThat(given.get("c")).as("set by nobody").isEmpty();
    assertThat(file).exists();
  }
}
