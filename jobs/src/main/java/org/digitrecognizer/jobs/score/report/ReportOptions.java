// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.report;

import org.apache.hadoop.fs.Path;
import org.digitrecognizer.evaluation.calibration.SiteCalibration;
import org.digitrecognizer.evaluation.calibration.ThresholdRule;
import org.digitrecognizer.review.AuditSize;

/**
 * What a report is told of the run.
 *
 * @param archives that were read, as the user named them
 * @param model the model directory
 * @param labels where the true digits come from, as the page says it; null for nowhere
 * @param form whether the images hold numbers, under a form
 * @param targetError the error rate that what is read without a person may have, 0..1
 * @param fairSample whether these are of scans that were drawn by lot, and so choose a threshold
 * @param calibration that was given, and chooses it; null for none
 * @param doubleKey whether two people are to key each item of the desk blind
 * @param audit how many of what stands without a person are drawn in a run for people to check
 */
public record ReportOptions(
    String archives,
    Path model,
    String labels,
    boolean form,
    double targetError,
    boolean fairSample,
    SiteCalibration calibration,
    boolean doubleKey,
    AuditSize audit) {

  /** Returns where the threshold comes from, as long as no fair sample was looked at. */
  ThresholdRule threshold() {
    return calibration == null
        ? ThresholdRule.expected(targetError)
        : ThresholdRule.of(calibration);
  }
}
