// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.reading;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaRDD;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.specimen.TopSpecimens;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.inference.DigitReader;

/**
 * How a network does on labelled digits: what {@code Evaluation} counts, the loss, and the worst
 * mistakes.
 */
public final class LabelledEvaluation implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The smallest probability the loss counts: Keras' epsilon. */
  private static final double FLOOR = 1e-7;

  /** Losses are added up as whole numbers of this unit, so that the order does not matter. */
  private static final double UNIT = 0x1.0p-30;

  private final Evaluation evaluation = new Evaluation();
  private final TopSpecimens mistakes;
  private long lossSum;
  private long withoutNumber;

  private LabelledEvaluation(int mistakesKept) {
    mistakes = new TopSpecimens(TopSpecimens.Ranking.WORST_MISTAKES, mistakesKept);
  }

  /**
   * Reads all digits on the executors.
   *
   * @param mistakesKept how many of the worst mistakes are kept, with their pictures
   * @param name of the network, for the message
   * @throws UserException if the network's probabilities are no numbers
   */
  public static LabelledEvaluation run(
      JavaRDD<NamedDigit> digits, NetworkBroadcast network, int mistakesKept, String name) {
    LabelledEvaluation all = new LabelledEvaluation(mistakesKept);
    digits
        .mapPartitions(
            partition -> {
              LabelledEvaluation part =
                  network.withReader(reader -> read(partition, reader, mistakesKept));
              return List.of(part).iterator();
            })
        .collect()
        .forEach(all::merge);
    all.requireNumbers(name);
    return all;
  }

  private void requireNumbers(String name) {
    if (withoutNumber > 0) {
      throw new UserException(
          String.format(
              "training diverged: the probabilities that %s gives are no numbers for %d of %d"
                  + " digits; train it again with a lower --learning-rate",
              name, withoutNumber, withoutNumber + evaluation.labelled()));
    }
  }

  private static LabelledEvaluation read(
      Iterator<NamedDigit> digits, DigitReader reader, int mistakesKept) {
    LabelledEvaluation result = new LabelledEvaluation(mistakesKept);
    List<NamedDigit> batch = new ArrayList<>(DigitReader.READ_AT_ONCE);
    while (digits.hasNext()) {
      batch.add(digits.next());
      if (batch.size() == DigitReader.READ_AT_ONCE || !digits.hasNext()) {
        result.add(batch, reader);
        batch.clear();
      }
    }
    return result;
  }

  private void add(List<NamedDigit> batch, DigitReader reader) {
    List<DigitImage> images = batch.stream().map(named -> named.digit().image()).toList();
    List<Reading> readings = reader.read(images);
    for (int i = 0; i < batch.size(); i++) {
      NamedDigit named = batch.get(i);
      Reading reading = readings.get(i);
      if (Double.isNaN(reading.confidence())) {
        withoutNumber++;
      } else {
        add(named, reading);
      }
    }
  }

  private void add(NamedDigit named, Reading reading) {
    int truth = named.digit().label();
    evaluation.add(reading, truth);
    mistakes.offer(named.source(), named.digit().image(), reading, OptionalInt.of(truth));
    lossSum -= Math.round(Math.log(Math.max(reading.probabilities()[truth], FLOOR)) / UNIT);
  }

  private void merge(LabelledEvaluation other) {
    evaluation.merge(other.evaluation);
    mistakes.merge(other.mistakes);
    lossSum += other.lossSum;
    withoutNumber += other.withoutNumber;
  }

  /** Returns counts and metrics. */
  public Evaluation evaluation() {
    return evaluation;
  }

  /** Returns the wrong readings that the network was surest of. */
  public TopSpecimens mistakes() {
    return mistakes;
  }

  /** Returns the mean cross entropy, in nats; NaN without digits. */
  public double loss() {
    return evaluation.labelled() == 0 ? Double.NaN : lossSum * UNIT / evaluation.labelled();
  }
}
