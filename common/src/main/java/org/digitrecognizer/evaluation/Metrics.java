// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.digit.Rejection;

/**
 * What metrics.json holds, in its names and order. Without labels, {@code accuracy}, {@code
 * macroF1}, {@code perClass}, {@code confusion} and {@code expectedCalibrationError} are null, and
 * so is any rate whose denominator is zero. Under a form what is counted is numbers and not digits:
 * {@code fields} is there then, and {@code macroF1}, {@code perClass} and {@code confusion} are
 * null.
 *
 * @param images how many images were found
 * @param scored how many of them were read
 * @param rejected how many were not, by reason; reasons that did not occur are left out
 * @param labelled how many of the scored have a label
 * @param accuracy share of the labelled that was read correctly, 0..1
 * @param macroF1 mean of the digits' F1, 0..1
 * @param perClass one of each digit, 0 to 9
 * @param confusion 10 rows of 10 counts: rows = truth, columns = read
 * @param expectedCalibrationError over 15 bins, 0..1
 * @param confidenceHistogram counts of the scored in 20 bins: bin i is i/20 to (i+1)/20, the upper
 *     bound excluded but for the last
 * @param automation what a threshold would come to, from the lowest to the highest
 * @param automationBasis where the error rates in {@code automation} come from
 * @param targetError the error rate that the automated share may have, 0..1
 * @param threshold the lowest confidence that is read without a person; null if no threshold can be
 *     shown to keep the target error
 * @param reviewCount how many of the scored are below the threshold, or in conflict; all if it is
 *     null
 * @param fields what became of the numbers of a form's fields, by name; null where digits are read
 * @param conflicts what came of the rules that couple numbers; null where there are none
 */
@JsonPropertyOrder({
  "images",
  "scored",
  "rejected",
  "labelled",
  "accuracy",
  "macroF1",
  "perClass",
  "confusion",
  "expectedCalibrationError",
  "confidenceHistogram",
  "automation",
  "automationBasis",
  "targetError",
  "threshold",
  "reviewCount",
  "fields",
  "conflicts"
})
public record Metrics(
    long images,
    long scored,
    Map<Rejection.Reason, Long> rejected,
    long labelled,
    Double accuracy,
    Double macroF1,
    List<DigitMetrics> perClass,
    List<List<Long>> confusion,
    Double expectedCalibrationError,
    List<Long> confidenceHistogram,
    List<AutomationPoint> automation,
    Automation.Basis automationBasis,
    double targetError,
    Double threshold,
    long reviewCount,
    @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, FieldMetrics> fields,
    @JsonInclude(JsonInclude.Include.NON_NULL) ConflictCounts conflicts) {

  /**
   * Returns the same with what came of rules that couple numbers: those in conflict are left to a
   * person, too.
   *
   * @param counts null where there are no such rules
   */
  public Metrics with(ConflictCounts counts) {
    long review = counts == null ? reviewCount : Math.min(scored, reviewCount + counts.open());
    return new Metrics(
        images,
        scored,
        rejected,
        labelled,
        accuracy,
        macroF1,
        perClass,
        confusion,
        expectedCalibrationError,
        confidenceHistogram,
        automation,
        automationBasis,
        targetError,
        threshold,
        review,
        fields,
        counts);
  }

  /**
   * How well one digit is read.
   *
   * @param digit 0 to 9
   * @param precision share of those read as it that are it, 0..1; null if none was
   * @param recall share of those that are it that were read as it, 0..1; null if there are none
   * @param f1 harmonic mean of both, 0..1; null if both are
   * @param support how many of the labelled are it
   */
  @JsonPropertyOrder({"digit", "precision", "recall", "f1", "support"})
  public record DigitMetrics(int digit, Double precision, Double recall, Double f1, long support) {}

  /**
   * What became of the numbers of a field.
   *
   * @param numbers how many there are
   * @param read how many were read as a number that the rule allows
   * @param noneAllowed how many cannot be read as any number that the rule allows
   * @param incomplete of how many a digit is missing
   * @param duplicate of how many a digit is there more than once
   * @param meanValidMass mean share of all readings that the rule allows, 0..1; null if none was
   *     read
   * @param misfit whether the rule plainly does not fit
   */
  @JsonPropertyOrder({
    "numbers",
    "read",
    "noneAllowed",
    "incomplete",
    "duplicate",
    "meanValidMass",
    "misfit"
  })
  public record FieldMetrics(
      long numbers,
      long read,
      long noneAllowed,
      long incomplete,
      long duplicate,
      Double meanValidMass,
      boolean misfit) {}

  /**
   * What a threshold would come to.
   *
   * @param threshold the lowest confidence that is read without a person, 0..1
   * @param automated the share of the scored at or above it, 0..1
   * @param errorRate how wrong that share is, 0..1; null if none of it is labelled
   */
  @JsonPropertyOrder({"threshold", "automated", "errorRate"})
  public record AutomationPoint(double threshold, double automated, Double errorRate) {}
}
