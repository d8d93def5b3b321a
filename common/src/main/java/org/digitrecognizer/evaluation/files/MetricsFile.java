// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.files;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.failure.UserException;

/**
 * Reads and writes metrics.json: UTF-8, indented, {@code about} and then the fields of {@link
 * Metrics} in their order.
 */
public final class MetricsFile {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
          .build();

  private MetricsFile() {}

  /** All that is in the file. */
  private record Content(MetricsAbout about, @JsonUnwrapped Metrics metrics) {}

  /**
   * Writes the metrics.
   *
   * @param about what they are about
   * @param output stays open
   */
  public static void write(Metrics metrics, MetricsAbout about, OutputStream output)
      throws IOException {
    JSON.writeValue(output, new Content(about, metrics));
  }

  /**
   * Reads metrics; fields that this version does not know are passed over.
   *
   * @param input stays open
   * @param name of the file, for the message
   * @throws UserException if it is no metrics.json
   */
  public static Metrics read(InputStream input, String name) throws IOException {
    try {
      return JSON.readValue(input, Metrics.class);
    } catch (JacksonException e) {
      throw new UserException(
          name + " is no metrics.json: " + e.getOriginalMessage() + "; write it anew", e);
    }
  }
}
