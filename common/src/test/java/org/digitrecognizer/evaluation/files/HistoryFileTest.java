// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.failure.UserException;
import org.junit.jupiter.api.Test;

class HistoryFileTest {

  private static final String LINE =
      "{\"epoch\":1,\"loss\":0.25,\"accuracy\":0.925,\"valLoss\":0.0625,\"valAccuracy\":0.98,"
          + "\"seconds\":30.5,\"imagesPerSecond\":1770.0}\n";

  @Test
  void linesHaveTheNamesOfTheContract() throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    HistoryFile.write(new EpochRecord(1, 0.25, 0.925, 0.0625, 0.98, 30.5, 1770), output);
    assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo(LINE);
  }

  @Test
  void readsAllLines() throws IOException {
    String second = "{\"epoch\":2,\"loss\":0.1,\"accuracy\":0.97,\"later\":1,\"valLoss\":null}";
    assertThat(read(LINE + "\n" + second))
        .containsExactly(
            new EpochRecord(1, 0.25, 0.925, 0.0625, 0.98, 30.5, 1770),
            new EpochRecord(2, 0.1, 0.97, null, null, 0, 0));
  }

  @Test
  void damagedLineIsNamed() {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> read(LINE + "{\"epoch\":2,\"lo"))
        .withMessageStartingWith("history.jsonl, line 2, is no epoch: ");
  }

  private static List<EpochRecord> read(String lines) throws IOException {
    return HistoryFile.read(
        new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), "history.jsonl");
  }
}
