// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.evaluation.specimen.RejectedScan;
import org.digitrecognizer.report.picture.Picture;

/**
 * How many images could not be read, and why.
 *
 * @param rows the most frequent reason first
 */
public record RejectionsView(List<Row> rows) {

  /** As much of a source as two or three lines hold. */
  private static final int SOURCE_LENGTH = 90;

  /**
   * One reason.
   *
   * @param reason its name, as it stands in the output
   * @param meaning the same in a sentence
   * @param count how many
   * @param share of the images found, 0..1
   * @param samples a few of them
   */
  public record Row(String reason, String meaning, long count, double share, List<Sample> samples) {

    /** Returns whether there is a picture of any. */
    public boolean pictured() {
      return samples.stream().anyMatch(sample -> !sample.picture().isEmpty());
    }
  }

  /**
   * One reject.
   *
   * @param picture address of the scan; empty if it could not be decoded
   * @param source where it is
   * @param detail what is wrong with it
   */
  public record Sample(String picture, SourceName source, String detail) {

    static Sample of(RejectedScan rejected) {
      return new Sample(
          rejected.scan().map(Picture::of).orElse(""),
          SourceName.inFolder(rejected.source(), SOURCE_LENGTH),
          rejected.detail());
    }
  }

  static Optional<RejectionsView> of(EvaluationReport report) {
    Map<Rejection.Reason, Long> rejected = report.evaluation().rejected();
    double found = report.metrics().images();
    List<Row> rows =
        rejected.entrySet().stream()
            .map(entry -> row(entry.getKey(), entry.getValue(), found, report))
            .sorted(Comparator.comparingLong(Row::count).reversed())
            .toList();
    return rows.isEmpty() ? Optional.empty() : Optional.of(new RejectionsView(rows));
  }

  private static Row row(
      Rejection.Reason reason, long count, double found, EvaluationReport report) {
    List<Sample> samples =
        report.rejects().getOrDefault(reason, List.of()).stream().map(Sample::of).toList();
    return new Row(reason.name(), reason.meaning(), count, count / found, samples);
  }
}
