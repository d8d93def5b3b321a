// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.report;

import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.calibration.SiteCalibration;
import org.digitrecognizer.jobs.score.output.Audit;
import org.digitrecognizer.review.Certificate;

/**
 * What came of the reports of a run.
 *
 * @param metrics of the whole output
 * @param totals of all rows by the labels in them; empty where this run knows other labels
 * @param known readings whose truth this run knows
 * @param late of them those that do not have it in their rows
 * @param review what is to be checked by a person, of the whole output
 * @param threshold of this run, for its record; null if there was nothing new
 * @param audit of this run, for its record; null if there was nothing new
 * @param certificate on all runs
 * @param calibration that was made of a fair sample of labels; empty without one
 * @param runPage the page on this run; empty if there was nothing new
 */
public record ReportsWritten(
    Metrics metrics,
    Optional<Evaluation> totals,
    long known,
    long late,
    Path review,
    Double threshold,
    Audit audit,
    Certificate certificate,
    Optional<SiteCalibration> calibration,
    Optional<Path> runPage) {

  /** That of an output to which a run has nothing to add. */
  static ReportsWritten unchanged(
      Metrics metrics, Optional<Evaluation> totals, Path review, Certificate certificate) {
    return new ReportsWritten(
        metrics, totals, 0, 0, review, null, null, certificate, Optional.empty(), Optional.empty());
  }
}
