// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives in which there is nothing to read: a row each, and no more work in later nights. */
class EmptyArchiveTest {

  private static final Map<String, byte[]> FOLDER = Map.of("folder/", new byte[0]);

  @TempDir private Path directory;
  private Night night;

  @BeforeEach
  void archives() throws IOException {
    night = new Night(directory);
    night.put("a.zip", Scans.zip(Map.of()));
    night.put("b.zip", Scans.zip(Map.of("folder/", new byte[0], "_hidden.png", Scans.png(0))));
    night.put("c.tar", Scans.tar(FOLDER));
    night.put("d.tgz", Scans.pack("gz", Scans.tar(FOLDER)));
  }

  @Test
  void eachIsOneReject() throws IOException {
    assertThat(night.score().succeeded().out()).contains("Read 0 of 4 new images", "4 rejected");

    List<Row> rejected = night.rejected();
    assertThat(rejected)
        .extracting(row -> row.<String>getAs("source"))
        .containsExactly(
            night.uri("a.zip"), night.uri("b.zip"), night.uri("c.tar"), night.uri("d.tgz"));
    for (Row row : rejected) {
      assertThat(row.<String>getAs("reason")).isEqualTo("EMPTY");
      assertThat(row.<String>getAs("detail")).isEqualTo("The archive has no entries");
      assertThat(row.<String>getAs("entry")).isNull();
    }
    assertThat(night.metrics().get("images").asInt()).isEqualTo(4);
  }

  @Test
  void theNextNightHasNothingToDoWithThem() throws IOException {
    night.score().succeeded();
    List<String> plans = plans();

    assertThat(night.score().succeeded().out()).contains("Nothing new to read.");
    assertThat(plans()).isEqualTo(plans).contains("batch=0.json").doesNotContain("batch=1.json");
    assertThat(night.rejected()).hasSize(4);
  }

  private List<String> plans() throws IOException {
    try (Stream<Path> files = Files.list(night.output().resolve("_plan"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aDryRunListsThem() {
    assertThat(night.score("--dry-run").succeeded().out().replace('\u00a0', ' ').lines())
        .anyMatch(line -> line.matches("empty zip +0 entries .*/a.zip +\\(will be rejected\\)"))
        .anyMatch(line -> line.matches("empty zip +0 entries .*/b.zip +\\(will be rejected\\)"))
        .anyMatch(line -> line.matches("empty tar +0 entries .*/c.tar +\\(will be rejected\\)"))
        .anyMatch(line -> line.startsWith("4 archives and 0 other files: at least 0 images"))
        .anyMatch(line -> line.endsWith("3 cannot be read."));
  }
}
