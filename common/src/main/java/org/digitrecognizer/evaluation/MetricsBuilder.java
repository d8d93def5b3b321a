// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.evaluation.Metrics.AutomationPoint;
import org.digitrecognizer.evaluation.Metrics.DigitMetrics;
import org.digitrecognizer.evaluation.Metrics.FieldMetrics;

/** Puts the figures of an evaluation into the form of metrics.json. */
final class MetricsBuilder {

  private final Evaluation evaluation;
  private final ConfusionMatrix confusion;

  MetricsBuilder(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.confusion = evaluation.confusion();
  }

  Metrics build(Automation automation, long images) {
    boolean labels = confusion.total() > 0;
    return new Metrics(
        images,
        evaluation.scored(),
        evaluation.rejected(),
        evaluation.labelled(),
        orNull(evaluation.accuracy()),
        orNull(confusion.macroF1()),
        labels ? digits().mapToObj(this::digitMetrics).toList() : null,
        labels ? digits().mapToObj(this::row).toList() : null,
        orNull(evaluation.reliability().expectedCalibrationError()),
        LongStream.of(evaluation.confidenceHistogram()).boxed().toList(),
        curve(automation),
        automation.basis(),
        automation.targetError(),
        automation.chosen().map(OperatingPoint::threshold).orElse(null),
        automation.chosen().map(OperatingPoint::review).orElse(evaluation.scored()),
        evaluation.fields().isEmpty() ? null : fields(),
        null);
  }

  private Map<String, FieldMetrics> fields() {
    Map<String, FieldMetrics> fields = new TreeMap<>();
    evaluation
        .fields()
        .forEach(
            (name, counts) ->
                fields.put(
                    name,
                    new FieldMetrics(
                        counts.numbers(),
                        counts.read(),
                        counts.none(),
                        counts.incomplete(),
                        counts.duplicate(),
                        orNull(counts.meanValidMass()),
                        counts.isMisfit())));
    return fields;
  }

  private static List<AutomationPoint> curve(Automation automation) {
    return automation.curve().stream()
        .sorted(Comparator.comparingDouble(OperatingPoint::threshold))
        .map(
            point ->
                new AutomationPoint(
                    point.threshold(), point.automatedShare(), orNull(point.errorRate())))
        .toList();
  }

  private DigitMetrics digitMetrics(int digit) {
    return new DigitMetrics(
        digit,
        orNull(confusion.precision(digit)),
        orNull(confusion.recall(digit)),
        orNull(confusion.f1(digit)),
        confusion.support(digit));
  }

  private List<Long> row(int truth) {
    return digits().mapToObj(read -> confusion.count(truth, read)).toList();
  }

  private static IntStream digits() {
    return IntStream.range(0, DigitImage.CLASSES);
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
