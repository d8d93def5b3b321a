// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.List;
import java.util.Optional;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.OperatingPoint;
import org.digitrecognizer.evaluation.specimen.Specimen;
import org.digitrecognizer.report.GalleryView.Item;

/**
 * The digits for a person to check, each with its scan.
 *
 * @param summary which digits they are
 * @param review the file that lists them all; null if there is none
 * @param listed what that file has
 * @param first those that are in sight at once
 * @param rest those that are folded away
 */
public record ContactSheetView(
    String summary, Link review, String listed, List<Item> first, List<Item> rest) {

  /** Some eight rows on a wide screen. */
  private static final int IN_SIGHT = 72;

  static Optional<ContactSheetView> of(EvaluationReport report) {
    Evaluation evaluation = report.evaluation();
    Optional<OperatingPoint> chosen = report.automation().chosen();
    long review = chosen.map(OperatingPoint::review).orElse(evaluation.scored());
    List<Item> shown =
        report.leastCertain().stream()
            .filter(specimen -> isBelow(specimen, chosen))
            .limit(EvaluationReport.MOST_TO_CHECK)
            .map(Item::of)
            .toList();
    if (shown.isEmpty() && (review > 0 || evaluation.scored() == 0)) {
      return Optional.empty();
    }
    int split = Math.min(IN_SIGHT, shown.size());
    return Optional.of(
        new ContactSheetView(
            summary(shown.size(), review, chosen),
            review > 0 ? report.reviewFile() : null,
            listed(review - shown.size()),
            shown.subList(0, split),
            shown.subList(split, shown.size())));
  }

  private static boolean isBelow(Specimen specimen, Optional<OperatingPoint> chosen) {
    return chosen.isEmpty() || specimen.reading().confidence() < chosen.get().threshold();
  }

  private static String summary(int shown, long review, Optional<OperatingPoint> chosen) {
    Numbers numbers = new Numbers();
    String which =
        chosen
            .map(point -> " below the threshold of " + numbers.probability(point.threshold()))
            .orElse(", since no threshold keeps the target error");
    if (review == 0) {
      return "There is no digit" + which + ": nothing is left to a person.";
    }
    return shown < review
        ? String.format(
            "The %s least certain of the %s%s.",
            numbers.count(shown), numbers.count(review, "digit"), which)
        : String.format(
            "The %s%s, the least certain first.", numbers.count(review, "digit"), which);
  }

  private static String listed(long more) {
    return more > 0
        ? String.format(
            "lists these and %s more, with a column for corrections.", new Numbers().count(more))
        : "lists the same, with a column for corrections.";
  }
}
