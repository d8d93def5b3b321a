// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.digitrecognizer.evaluation.Automation;
import org.digitrecognizer.evaluation.ConflictCounts;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.OperatingPoint;
import org.digitrecognizer.evaluation.calibration.ThresholdRule;
import org.digitrecognizer.report.picture.ChartView;
import org.digitrecognizer.report.picture.Charts;

/**
 * What share can be read without a person, and at which error.
 *
 * @param summary the threshold in one or two plain sentences
 * @param basis where the error rates come from, in one sentence
 * @param chart error of the automated against the share left to a person
 * @param targets what other target errors would come to
 * @param unreached what to say of those that no threshold keeps
 */
public record AutomationView(
    String summary, String basis, ChartView chart, List<Target> targets, String unreached) {

  private static final double[] OTHER_TARGETS = {0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001};

  /** The chart ends where this many times the chosen share goes to a person. */
  private static final double WIDTH_IN_CHOSEN = 2.5;

  /**
   * What a target error would come to.
   *
   * @param targetError 0..1
   * @param point null if no threshold keeps it
   * @param current whether it is the one that the report uses
   */
  public record Target(double targetError, OperatingPoint point, boolean current) {}

  static Optional<AutomationView> of(EvaluationReport report) {
    Evaluation evaluation = report.evaluation();
    Automation automation = report.automation();
    if (automation.curve().isEmpty()) {
      return Optional.empty();
    }
    AutomationWords words = new AutomationWords(evaluation, automation, report.threshold().site());
    return Optional.of(
        new AutomationView(
            words.summary() + inConflict(report),
            words.basis(),
            Charts.automation(
                "Error rate of the "
                    + evaluation.unit()
                    + "s read by machine, by the share left to a person. "
                    + words.summary(),
                automation,
                shown(automation)),
            targets(report),
            words.unreached()));
  }

  /** A threshold knows nothing of numbers that contradict each other. */
  private static String inConflict(EvaluationReport report) {
    ConflictCounts conflicts = report.metrics().conflicts();
    if (conflicts == null || conflicts.open() == 0 || report.automation().chosen().isEmpty()) {
      return "";
    }
    Numbers numbers = new Numbers();
    return String.format(
        " With those in conflict, sure or not, %s of %s wait for a person.",
        numbers.count(report.metrics().reviewCount()),
        numbers.count(report.evaluation().scored(), report.evaluation().unit()));
  }

  /** A calibration is of one target, and says nothing of others. */
  private static List<Target> targets(EvaluationReport report) {
    ThresholdRule rule = report.threshold();
    Evaluation evaluation = report.evaluation();
    double current = rule.targetError();
    if (rule.site().isPresent()) {
      return List.of(new Target(current, rule.automation(evaluation).chosen().orElse(null), true));
    }
    return DoubleStream.concat(DoubleStream.of(OTHER_TARGETS), DoubleStream.of(current))
        .distinct()
        .sorted()
        .mapToObj(
            target ->
                new Target(
                    target,
                    evaluation.automation(rule.basis(evaluation), target).chosen().orElse(null),
                    target == current))
        .toList();
  }

  /** Leaves out the far end, where hardly anything is automated and little changes. */
  private static List<OperatingPoint> shown(Automation automation) {
    double end =
        automation
            .chosen()
            .map(chosen -> Math.max(0.02, WIDTH_IN_CHOSEN * chosen.reviewShare()))
            .orElse(1.0);
    List<OperatingPoint> shown =
        automation.curve().stream()
            .filter(point -> point.reviewShare() <= end && !Double.isNaN(point.errorRate()))
            .toList();
    return shown.isEmpty() ? automation.curve() : shown;
  }
}
