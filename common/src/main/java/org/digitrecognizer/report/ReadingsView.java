// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.report.picture.ChartView;
import org.digitrecognizer.report.picture.Charts;

/**
 * How many images were read as what, and how surely.
 *
 * @param digits by the digit read
 * @param confidences by the confidence
 */
public record ReadingsView(ChartView digits, ChartView confidences) {

  static Optional<ReadingsView> of(EvaluationReport report) {
    Evaluation evaluation = report.evaluation();
    if (evaluation.scored() == 0) {
      return Optional.empty();
    }
    List<String> digits =
        IntStream.range(0, DigitImage.CLASSES).mapToObj(Integer::toString).toList();
    return Optional.of(
        new ReadingsView(
            Charts.counts(
                "How many were read as each digit.",
                "digit",
                "digit",
                digits,
                boxed(evaluation.reads()),
                false),
            confidences(evaluation)));
  }

  /** Draws how many were read with which confidence. */
  static ChartView confidences(Evaluation evaluation) {
    List<String> bins =
        IntStream.range(0, Evaluation.HISTOGRAM_BINS)
            .mapToObj(i -> Integer.toString(100 * i / Evaluation.HISTOGRAM_BINS))
            .toList();
    return Charts.counts(
        "How many were read with which confidence.",
        "confidence in %, from",
        evaluation.unit(),
        bins,
        boxed(evaluation.confidenceHistogram()),
        true);
  }

  private static List<Long> boxed(long[] counts) {
    return LongStream.of(counts).boxed().toList();
  }
}
