// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.List;
import java.util.Optional;
import org.digitrecognizer.evaluation.Metrics;

/**
 * How well each digit is read.
 *
 * @param digits one of each, 0 to 9
 * @param macroF1 the mean of their F1, 0..1
 * @param total how many are labelled
 */
public record DigitsView(List<Metrics.DigitMetrics> digits, Double macroF1, long total) {

  static Optional<DigitsView> of(EvaluationReport report) {
    Metrics metrics = report.metrics();
    return metrics.perClass() == null
        ? Optional.empty()
        : Optional.of(new DigitsView(metrics.perClass(), metrics.macroF1(), metrics.labelled()));
  }
}
