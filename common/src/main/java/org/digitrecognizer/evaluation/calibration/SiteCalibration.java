// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.calibration;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What a fair sample of a site's labels says of a model, in the names and order of
 * calibration.json. It decides what stands without a person; the model's own probabilities stay.
 *
 * @param format of the file, {@value #FORMAT}
 * @param modelSha256 of the model.json that read the sample, in hexadecimal
 * @param made when, in ISO 8601, UTC
 * @param targetError the error rate that what stands may have, 0..1
 * @param temperature what the logarithms of the model's probabilities are to be divided by so that
 *     they are as sure as they are right on this site's scans; above 1, the model is too sure
 * @param threshold the lowest confidence, as the model gives it, that stands without a person; null
 *     if none is shown to keep the target, so that all goes to a person
 * @param fittedOn labels that the temperature, and where the tests begin, were made out from
 * @param testedOn other labels, that the thresholds were tested on
 * @param accepted how many of the tested are at or above the threshold; 0 without one
 * @param wrong how many of these are wrong
 * @param errorBound the upper end of the 95 % interval of their true error rate; null without a
 *     threshold
 * @param labelsNeeded how many labels would likely do to find a threshold; null if there is one, or
 *     if no thinkable number would do
 */
@JsonPropertyOrder({
  "format",
  "modelSha256",
  "made",
  "targetError",
  "temperature",
  "threshold",
  "fittedOn",
  "testedOn",
  "accepted",
  "wrong",
  "errorBound",
  "labelsNeeded"
})
public record SiteCalibration(
    int format,
    String modelSha256,
    String made,
    double targetError,
    double temperature,
    Double threshold,
    long fittedOn,
    long testedOn,
    long accepted,
    long wrong,
    Double errorBound,
    Long labelsNeeded) {

  /** The name of its file. */
  public static final String FILE = "calibration.json";

  static final int FORMAT = 1;

  /**
   * @throws IllegalArgumentException if a field is missing or out of range
   */
  public SiteCalibration {
    check(format == FORMAT, "format", format, "1, which is what this version knows");
    check(modelSha256 != null, "modelSha256", null, "there");
    check(targetError >= 0 && targetError <= 1, "targetError", targetError, "0 to 1");
    check(temperature > 0, "temperature", temperature, "above 0");
    check(threshold == null || isShare(threshold), "threshold", threshold, "0 to 1, or null");
  }

  private static boolean isShare(double share) {
    return share >= 0 && share <= 1;
  }

  private static void check(boolean holds, String field, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(field + " is " + value + ", and must be " + expected);
    }
  }

  /** Returns how many labels it was made from. */
  public long labels() {
    return fittedOn + testedOn;
  }
}
