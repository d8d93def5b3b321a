// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.files;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What metrics.json is about.
 *
 * @param formatVersion of the file: higher where a field means something else than before
 * @param modelSha256 of the model's model.json, in hexadecimal
 * @param formSha256 of the form's file, in hexadecimal; null without one
 * @param run number of the run of {@code score} that it is about; null if it is about all of them,
 *     or about none
 * @param writtenAt ISO 8601, UTC
 * @param seconds that reading took; null if that is not known
 */
@JsonPropertyOrder({"formatVersion", "modelSha256", "formSha256", "run", "writtenAt", "seconds"})
public record MetricsAbout(
    int formatVersion,
    String modelSha256,
    String formSha256,
    Long run,
    String writtenAt,
    Double seconds) {

  private static final int FORMAT_VERSION = 1;

  /** Returns what is written now; as there. */
  public static MetricsAbout now(String modelSha256, String formSha256, Long run, Double seconds) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new MetricsAbout(FORMAT_VERSION, modelSha256, formSha256, run, now, seconds);
  }
}
