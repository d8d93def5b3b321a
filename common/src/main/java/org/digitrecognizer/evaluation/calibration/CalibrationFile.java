// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.calibration;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.digitrecognizer.failure.UserException;

/** Reads and writes calibration.json: UTF-8, indented, in the order of {@link SiteCalibration}. */
public final class CalibrationFile {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
          .build();

  private CalibrationFile() {}

  /**
   * Writes a calibration.
   *
   * @param output stays open
   */
  public static void write(SiteCalibration calibration, OutputStream output) throws IOException {
    JSON.writeValue(output, calibration);
  }

  /**
   * Reads a calibration; fields that this version does not know are passed over.
   *
   * @param input stays open
   * @param name of the file, for the message
   * @throws UserException if it is no calibration.json
   */
  public static SiteCalibration read(InputStream input, String name) throws IOException {
    try {
      SiteCalibration calibration = JSON.readValue(input, SiteCalibration.class);
      if (calibration != null) {
        return calibration;
      }
      throw none(name, "it holds null", null);
    } catch (JacksonException e) {
      throw none(name, e.getOriginalMessage().lines().findFirst().orElse("it is cut off"), e);
    }
  }

  private static UserException none(String name, String why, Exception cause) {
    return new UserException(
        String.format(
            "%s is no calibration.json (%s); make one with score --labels … --fair-sample",
            name, why),
        cause);
  }
}
