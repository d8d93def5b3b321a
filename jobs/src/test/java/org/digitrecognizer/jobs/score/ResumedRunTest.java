// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.scan.Drawing;
import org.digitrecognizer.scan.Encoding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run counts that ends what another began. */
class ResumedRunTest {

  @TempDir private Path directory;
  private Night night;

  @BeforeEach
  void night() throws IOException {
    night = new Night(directory);
  }

  /** The first file is done, with its three pages; the last is not. */
  @Test
  void pagesThatAreDoneLeaveTheRestToDo() throws IOException {
    BufferedImage digit = Drawing.picture(Scans.digit(0).pixels(), DigitImage.WIDTH);
    night.put("a.tiff", Encoding.tiff(null, List.of(digit, digit, digit)));
    night.put("b.png", Scans.png(1));
    assertThat(night.score("--chunk-images", "2").succeeded().out())
        .contains("Scoring: 4 of 4 images (100 %)");
    assertThat(night.json("status.json").get("total").asInt()).isEqualTo(4);
    assertThat(night.json("status.json").get("done").asInt()).isEqualTo(4);
    night.killBefore(1);

    assertThat(night.score("--chunk-images", "2").succeeded().out())
        .contains("Scoring: 1 of 1 images (100 %)");
    assertThat(night.json("status.json").get("total").asInt()).isEqualTo(1);
    assertThat(night.json("status.json").get("done").asInt()).isEqualTo(1);
    assertThat(night.metrics().get("images").asInt()).isEqualTo(4);
  }

  @Test
  void itsTimeIsThatOfAllItsImages() throws IOException {
    night.put("a.zip", Scans.zip(Scans.pngs(0, 3)));
    night.score("--chunk-images", "2").succeeded();
    night.killBefore(2);
    night.reseal(
        "_commits/batch=0/chunk=0.json",
        record -> record.put("seconds", 5000.0).put("finishedAt", "2026-01-01T00:00:00Z"));

    assertThat(night.score("--chunk-images", "2").succeeded().out())
        .contains("Read 3 of 3 new images in 1 h 23 min");
  }
}
