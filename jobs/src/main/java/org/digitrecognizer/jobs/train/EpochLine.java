// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import java.util.Locale;
import org.digitrecognizer.evaluation.EpochRecord;

/** What is printed after an epoch, in the words that Keras uses. */
final class EpochLine {

  private EpochLine() {}

  static String of(EpochRecord record, int epochs) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.US,
            "Epoch %d/%d - %.0fs - loss: %.4f - accuracy: %.4f",
            record.epoch(),
            epochs,
            record.seconds(),
            record.loss(),
            record.accuracy()));
    if (record.valLoss() != null) {
      line.append(
          String.format(
              Locale.US,
              " - val_loss: %.4f - val_accuracy: %.4f",
              record.valLoss(),
              record.valAccuracy()));
    }
    return line.append(String.format(Locale.US, " - %,.0f images/s", record.imagesPerSecond()))
        .toString();
  }
}
