// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.files;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.failure.UserException;

/** Reads and writes history.jsonl: UTF-8, one JSON object a line, one line an epoch. */
public final class HistoryFile {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private HistoryFile() {}

  /**
   * Writes one epoch as a line.
   *
   * @param output stays open
   */
  public static void write(EpochRecord epoch, OutputStream output) throws IOException {
    output.write((JSON.writeValueAsString(epoch) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes epochs, a line each.
   *
   * @param output stays open
   */
  public static void write(List<EpochRecord> epochs, OutputStream output) throws IOException {
    for (EpochRecord epoch : epochs) {
      write(epoch, output);
    }
  }

  /**
   * Reads all epochs; empty lines, and fields that this version does not know, are passed over.
   *
   * @param input stays open
   * @param name of the file, for the message
   * @throws UserException if a line is no epoch
   */
  public static List<EpochRecord> read(InputStream input, String name) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    List<EpochRecord> epochs = new ArrayList<>();
    int number = 1;
    for (String line = reader.readLine(); line != null; line = reader.readLine(), number++) {
      if (!line.isBlank()) {
        epochs.add(parse(line, name + ", line " + number));
      }
    }
    return epochs;
  }

  private static EpochRecord parse(String line, String place) {
    try {
      return JSON.readValue(line, EpochRecord.class);
    } catch (JacksonException e) {
      throw new UserException(
          place + ", is no epoch: " + e.getOriginalMessage() + "; remove the line", e);
    }
  }
}
