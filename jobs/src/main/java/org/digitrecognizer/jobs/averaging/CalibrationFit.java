// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.jobs.reading.NamedDigit;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.training.recipe.ExampleMaker;
import scala.Tuple2;

/**
 * Fits the temperature of the confidences on the validation part, or on as much of it as is enough.
 */
public final class CalibrationFit {

  /** One number needs no more, and the driver holds them all. */
  private static final int MOST_EXAMPLES = 100_000;

  private CalibrationFit() {}

  /**
   * @param validation held-out digits
   * @param maker makes them as hard as what the network is to read
   */
  public static Calibration on(
      JavaSparkContext context,
      MultiLayerNetwork network,
      JavaRDD<NamedDigit> validation,
      ExampleMaker maker) {
    context.setJobDescription("Calibrating");
    List<float[]> probabilities = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    try (NetworkBroadcast broadcast = NetworkBroadcast.of(context, network, Calibration.none())) {
      validation
          .mapPartitionsWithIndex(
              (index, part) -> broadcast.withReader(reader -> readings(part, maker, index, reader)),
              false)
          .take(MOST_EXAMPLES)
          .forEach(
              pair -> {
                probabilities.add(pair._1());
                labels.add(pair._2());
              });
    } finally {
      context.setJobDescription(null);
    }
    return Calibration.fit(probabilities, labels);
  }

  private static Iterator<Tuple2<float[], Integer>> readings(
      Iterator<NamedDigit> digits, ExampleMaker maker, long seed, DigitReader reader) {
    List<LabelledDigit> held = new ArrayList<>();
    digits.forEachRemaining(named -> held.add(named.digit()));
    if (held.isEmpty()) {
      return Collections.emptyIterator();
    }
    List<LabelledDigit> hard = maker.hardened(held, seed);
    List<Reading> readings = reader.readOnce(hard.stream().map(LabelledDigit::image).toList());
    List<Tuple2<float[], Integer>> pairs = new ArrayList<>(readings.size());
    for (int i = 0; i < readings.size(); i++) {
      pairs.add(new Tuple2<>(readings.get(i).probabilities(), hard.get(i).label()));
    }
    return pairs.iterator();
  }
}
