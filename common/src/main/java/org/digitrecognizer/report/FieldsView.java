// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.FieldCounts;
import org.digitrecognizer.evaluation.Metrics.FieldMetrics;
import org.digitrecognizer.report.picture.ChartView;

/**
 * What became of the numbers of a form's fields.
 *
 * @param rows one a field
 * @param warnings a sentence for each field whose rule plainly does not fit
 * @param confidences of all numbers
 */
public record FieldsView(List<Row> rows, List<String> warnings, ChartView confidences) {

  /**
   * A field.
   *
   * @param name of the field
   * @param counts of its numbers
   */
  public record Row(String name, FieldCounts counts) {}

  static Optional<FieldsView> of(EvaluationReport report) {
    Evaluation evaluation = report.evaluation();
    if (evaluation.fields().isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows =
        evaluation.fields().entrySet().stream()
            .map(field -> new Row(field.getKey(), field.getValue()))
            .toList();
    return Optional.of(
        new FieldsView(
            rows, misfits(report.metrics().fields()), ReadingsView.confidences(evaluation)));
  }

  /**
   * Returns a sentence for each field whose rule plainly does not fit.
   *
   * @param fields as in metrics.json
   */
  public static List<String> misfits(Map<String, FieldMetrics> fields) {
    return fields.entrySet().stream()
        .filter(field -> field.getValue().misfit())
        .map(
            field ->
                String.format(
                    "The rule of %s allows only %s of what its numbers may read as; under a rule"
                        + " that fits it is nearly all: compare the form with its fields.",
                    field.getKey(), new Numbers().percent(field.getValue().meanValidMass())))
        .toList();
  }
}
