// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.digitrecognizer.jobs.WrittenPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a night. */
class ScoredPageTest {

  private static final int SCANS = 40;

  @TempDir private Path directory;

  @Test
  void thePageShowsTheFiguresAndTheScans() throws IOException {
    Night night = new Night(directory);
    night.put("night.zip", Scans.zip(Scans.pngs(0, SCANS)));
    night.put("notes.txt", "not a scan".getBytes(StandardCharsets.UTF_8));
    night.score("--target-error", "0").succeeded();
    try (WrittenPage page =
        WrittenPage.open(night.output().resolve("report"), directory.resolve("profile"))) {
      JsonNode metrics = page.metrics();
      assertThat(metrics.get("images").asInt()).isEqualTo(SCANS + 1);
      assertThat(page.texts("main, body"))
          .first()
          .asString()
          .contains("Images\n" + metrics.get("images").asInt() + "\nin 2\u00a0archives")
          .contains("Left to a person\n" + metrics.get("reviewCount").asInt() + "\n")
          .contains("Could not be read\n1\n");
      assertThat(metrics.get("reviewCount").asInt()).isEqualTo(SCANS);
      assertThat(page.texts("#least-certain li")).hasSize(SCANS);
      assertThat(page.pictures("#least-certain li img")).isEqualTo(2 * SCANS);
      assertThat(page.texts("#rejections td")).first().isEqualTo("1");
    }
  }
}
