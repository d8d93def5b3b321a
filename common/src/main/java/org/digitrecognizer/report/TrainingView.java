// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.List;
import java.util.Optional;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.report.picture.ChartView;
import org.digitrecognizer.report.picture.Charts;

/**
 * How training went.
 *
 * @param summary one sentence
 * @param loss the loss over the epochs
 * @param accuracy the accuracy over the epochs
 * @param epochs a row each
 */
public record TrainingView(
    String summary, ChartView loss, ChartView accuracy, List<EpochRecord> epochs) {

  static Optional<TrainingView> of(EvaluationReport report) {
    List<EpochRecord> epochs = report.history();
    if (epochs.isEmpty()) {
      return Optional.empty();
    }
    String summary = summary(epochs);
    return Optional.of(
        new TrainingView(
            summary,
            Charts.overEpochs(
                "Loss over the epochs. " + summary,
                "loss",
                epochs,
                EpochRecord::loss,
                EpochRecord::valLoss),
            Charts.overEpochs(
                "Accuracy over the epochs. " + summary,
                "accuracy",
                epochs,
                EpochRecord::accuracy,
                EpochRecord::valAccuracy),
            epochs));
  }

  private static String summary(List<EpochRecord> epochs) {
    Numbers numbers = new Numbers();
    EpochRecord last = epochs.get(epochs.size() - 1);
    double minutes = epochs.stream().mapToDouble(EpochRecord::seconds).sum() / 60;
    String time = numbers.count(epochs.size(), "epoch") + " took " + numbers.decimal(minutes, 1);
    return time
        + " minutes; after the last, accuracy is "
        + numbers.percent(last.accuracy())
        + " in training"
        + (last.valAccuracy() == null
            ? "."
            : " and " + numbers.percent(last.valAccuracy()) + " in validation.");
  }
}
