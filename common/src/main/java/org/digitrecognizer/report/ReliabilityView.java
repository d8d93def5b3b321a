// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.List;
import java.util.Optional;
import org.digitrecognizer.evaluation.Reliability;
import org.digitrecognizer.report.picture.ChartView;
import org.digitrecognizer.report.picture.Charts;

/**
 * Whether confidence means what it says.
 *
 * @param summary one sentence with the expected calibration error
 * @param chart accuracy by confidence
 * @param bins those that hold readings
 */
public record ReliabilityView(String summary, ChartView chart, List<Reliability.Bin> bins) {

  static Optional<ReliabilityView> of(EvaluationReport report) {
    Reliability reliability = report.evaluation().reliability();
    double error = reliability.expectedCalibrationError();
    if (Double.isNaN(error)) {
      return Optional.empty();
    }
    String summary =
        "Confidence and accuracy differ by "
            + new Numbers().decimal(100 * error, 2)
            + " percentage points on average (expected calibration error over "
            + Reliability.BINS
            + " bins).";
    List<Reliability.Bin> bins = reliability.bins();
    return Optional.of(
        new ReliabilityView(
            summary,
            Charts.reliability("Accuracy by confidence. " + summary, bins),
            bins.stream().filter(bin -> bin.count() > 0).toList()));
  }
}
