// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationFileTest {

  private static final SiteCalibration SITE =
      new SiteCalibration(
          1, "ab", "2026-01-02T03:04:05Z", 0.02, 1.3, 0.9, 501, 499, 310, 1, 0.0152, null);

  @Test
  void isReadAsItWasWritten() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CalibrationFile.write(SITE, bytes);
    assertThat(read(bytes.toString(StandardCharsets.UTF_8))).isEqualTo(SITE);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("\"threshold\" : 0.9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"format\" : 1, \"modelSha256\"",
        "{\"format\":2,\"modelSha256\":\"ab\",\"targetError\":0.1,\"temperature\":1}",
        "{\"format\":1,\"targetError\":0.1,\"temperature\":1}",
        "{\"format\":1,\"modelSha256\":\"ab\",\"targetError\":0.1,\"temperature\":0}",
        "{\"format\":1,\"modelSha256\":\"ab\",\"targetError\":0.1,\"temperature\":1,\"threshold\":7}"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("site.json is no calibration.json (")
        .hasMessageEndingWith("make one with score --labels … --fair-sample");
  }

  private static SiteCalibration read(String text) throws IOException {
    return CalibrationFile.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "site.json");
  }
}
