// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * How much can be read without a person, and at which error.
 *
 * @param basis where the error rates come from
 * @param targetError the error rate that the automated share may have, 0..1
 * @param curve from the highest threshold to the lowest; empty if nothing was read
 * @param chosen the lowest threshold whose {@code errorBound} is within the target; empty if there
 *     is none, so that all must go to a person
 */
public record Automation(
    Basis basis, double targetError, List<OperatingPoint> curve, Optional<OperatingPoint> chosen) {

  /** Where an error rate comes from. */
  public enum Basis {
    /** Counted against labels. */
    @JsonProperty("labels")
    LABELS,
    /** Expected from calibrated confidence: the mean of 1 - confidence. */
    @JsonProperty("calibration")
    CALIBRATION
  }
}
