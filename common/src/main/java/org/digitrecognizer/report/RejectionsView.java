package org.digitrecognizer.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How many images could not be read, and why.
 *
 * @param rows the most frequent reason first
 */
public record RejectionsView(List<Row> rows) {

  /**
   * One reason.
   *
   * @param reason its name, as it stands in the output
   * @param count how many
   */
  public record Row(String reason, long count) {}

  static Optional<RejectionsView> of(EvaluationReport report) {
    List<Row> rows =
        report.evaluation().rejected().entrySet().stream()
            .map(entry -> new Row(entry.getKey().name(), entry.getValue()))
            .sorted(Comparator.comparingLong(Row::count).reversed())
            .toList();
    return rows.isEmpty() ? Optional.empty() : Optional.of(new RejectionsView(rows));
  }
}
