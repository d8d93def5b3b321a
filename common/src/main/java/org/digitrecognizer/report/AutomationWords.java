// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.Optional;
import org.digitrecognizer.evaluation.Automation;
import org.digitrecognizer.evaluation.Automation.Basis;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.OperatingPoint;
import org.digitrecognizer.evaluation.Wilson;
import org.digitrecognizer.evaluation.calibration.SiteCalibration;

/** Says in plain sentences what the automation curve comes to. */
final class AutomationWords {

  /** Wrong numbers in 1,000; doi 10.1371/journal.pone.0035087. */
  private static final String KEYING =
      "keyed once it would be 0.37, keyed twice 0.046 (Paulsen et al. 2012)";

  private final Numbers numbers = new Numbers();
  private final Evaluation evaluation;
  private final Automation automation;

  private final Optional<CalibrationWords> site;

  /**
   * @param site the calibration that the threshold is from, if it is from one
   */
  AutomationWords(Evaluation evaluation, Automation automation, Optional<SiteCalibration> site) {
    this.evaluation = evaluation;
    this.automation = automation;
    this.site = site.map(CalibrationWords::new);
  }

  /** Returns what the chosen threshold comes to, or why there is none. */
  String summary() {
    return automation.chosen().map(this::chosen).orElseGet(this::nothingChosen);
  }

  /** Returns where the error rates come from. */
  String basis() {
    if (site.isPresent()) {
      return site.get().basis();
    }
    if (automation.basis() == Basis.CALIBRATION && evaluation.labelled() > 0) {
      return "The labels are not said to be a fair sample (--fair-sample), and choose no threshold:"
          + " the error rate is what the calibrated confidences lead one to expect."
          + automation.chosen().map(this::contradicted).orElse("");
    }
    return automation.basis() == Basis.LABELS
        ? String.format(
            "Error rates are counted on %s. The threshold is the lowest whose error rate is, with"
                + " 95 %% confidence, within the target (upper Wilson bound).",
            numbers.count(evaluation.labelled(), "labelled " + evaluation.unit()))
        : "There are no labels: the error rate is what the calibrated confidences lead one to"
            + " expect.";
  }

  /**
   * Labels that were not drawn by lot prove nothing, but many that differ ought to be looked at.
   */
  private String contradicted(OperatingPoint point) {
    return point.labelled() == 0
        ? ""
        : String.format(
            " Of %s that stand without a person, %s read otherwise than their labels say.",
            numbers.count(point.labelled(), "labelled " + evaluation.unit()),
            numbers.count(point.wrong()) + (point.wrong() == 1 ? " is" : " are"));
  }

  /** Returns what to say of a target that no threshold keeps. */
  String unreached() {
    return automation.basis() == Basis.LABELS || site.isPresent()
        ? "too few labels to show it"
        : "not sure enough";
  }

  private String chosen(OperatingPoint point) {
    String work =
        String.format(
            "Reading everything at or above %s by machine leaves %s of %s (%s) to a person",
            numbers.probability(point.threshold()),
            numbers.count(point.review()),
            numbers.count(evaluation.scored(), evaluation.unit()),
            numbers.percent(point.reviewShare()));
    if (site.isPresent()) {
      return work + ". " + site.get().finding();
    }
    String rate =
        automation.basis() == Basis.LABELS
            ? work
                + String.format(
                    ", at an error rate of %s (%s of %s), at most %s with 95 %% confidence.",
                    numbers.percent(point.errorRate()),
                    numbers.count(point.wrong()),
                    numbers.count(point.labelled()),
                    numbers.percent(point.errorBound()))
            : work
                + ", at an expected error rate of "
                + numbers.shortPercent(point.errorRate())
                + ".";
    return evaluation.fields().isEmpty() ? rate : rate + besideKeying(point);
  }

  private String besideKeying(OperatingPoint point) {
    return automation.basis() == Basis.LABELS
        ? String.format(
            " Wrong numbers in 1,000 accepted: %s, at most %s (95\u00a0%%); %s.",
            numbers.rate(1000 * point.errorRate()), numbers.rate(1000 * point.errorBound()), KEYING)
        : String.format(
            " Wrong numbers in 1,000 accepted: %s expected; %s.",
            numbers.rate(1000 * point.errorRate()), KEYING);
  }

  private String nothingChosen() {
    if (site.isPresent()) {
      return site.get().finding();
    }
    String none =
        "No threshold is sure to keep the error rate within "
            + numbers.shortPercent(automation.targetError())
            + ", so everything goes to a person.";
    if (automation.basis() == Basis.CALIBRATION) {
      return none + " Even the surest readings are not sure enough.";
    }
    long needed = Wilson.sampleWithoutHits(automation.targetError());
    String why =
        evaluation.labelled() < needed
            ? String.format(
                " To show it takes at least %s labelled %ss without a mistake, and %s have a"
                    + " label.",
                numbers.count(needed), evaluation.unit(), numbers.count(evaluation.labelled()))
            : " Even among the surest of those that have a label too many are wrong.";
    return none + why + byCalibration();
  }

  private String byCalibration() {
    return evaluation
        .automation(Basis.CALIBRATION, automation.targetError())
        .chosen()
        .map(
            point ->
                String.format(
                    " Going by the calibrated confidence alone, a threshold of %s would leave %s to"
                        + " a person.",
                    numbers.probability(point.threshold()), numbers.count(point.review())))
        .orElse("");
  }
}
