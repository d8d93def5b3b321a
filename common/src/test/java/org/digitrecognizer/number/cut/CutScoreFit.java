// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.number.BestNumber;
import org.digitrecognizer.number.DrawnNumbers;
import org.digitrecognizer.number.DrawnNumbers.DrawnNumber;
import org.digitrecognizer.number.FreeNumber;
import org.digitrecognizer.number.LatticeShare;
import org.digitrecognizer.number.NumberRule;
import org.digitrecognizer.number.cut.CutScore.Weight;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.reading.NumberReader;
import org.digitrecognizer.reading.NumberSet;
import org.digitrecognizer.scan.Outcome;

/**
 * Fits the weights of {@link CutScore} by Newton's method, one weight at a time, at a sharpness of
 * 1, which is chosen afterwards: {@code MODEL SET.zip}, a {@link NumberSet}. It prints the weights,
 * and how many numbers of the set are read right: so fitted, and fitted on four fifths and measured
 * on the rest. Run it as {@code benchmarks/scans.sh} runs its class, in {@code common}.
 */
final class CutScoreFit {

  private static final int DRAWN = 180;
  private static final double WEIGHT_OF_DRAWN = 0.5;
  private static final int MOST_DIGITS = 9;
  private static final int FOLDS = 5;
  private static final int SWEEPS = 12;
  private static final double STEP = 0.05;
  private static final double LONGEST_STEP = 1;

  /** Keeps what hardly matters near 0: a weight of 1 costs this much of a number's logarithm. */
  private static final double RIDGE = 0.02;

  /** No number is less likely than this, so that a few that cannot be read do not decide. */
  private static final double LEAST_LOG = -12;

  private final List<Seen> seen;
  private final int real;

  private record Seen(String number, Pieces pieces, List<Reading> readings, double weight) {

    double logLikelihood(CutScore scores) {
      double share = LatticeShare.log(pieces.lattice(readings, scores), number);
      return weight * Math.max(LEAST_LOG, share);
    }

    boolean isRead(CutScore scores) {
      NumberRule any = NumberRule.ofDigits(1, MOST_DIGITS);
      return number.equals(new BestNumber().read(pieces.lattice(readings, scores), any).number());
    }
  }

  private CutScoreFit(List<Seen> seen, int real) {
    this.seen = seen;
    this.real = real;
  }

  /** Prints the weights that a model and a set of numbers make. */
  public static void main(String[] arguments) throws IOException {
    org.apache.hadoop.fs.Path model = new org.apache.hadoop.fs.Path(arguments[0]);
    Model opened = ModelDirectory.open(model, new Configuration(), null);
    try (DigitSession session = new DigitSession(ReadingGraph.of(opened.stored()));
        DigitReader reader = new DigitReader(session, opened.description().calibration())) {
      NumberReader numberReader = new NumberReader(reader);
      List<Seen> seen = new ArrayList<>();
      for (NumberSet.Labelled each : NumberSet.read(arguments[1])) {
        seen.add(seen(each.number(), each.scan(), numberReader, 1));
      }
      int real = seen.size();
      DrawnNumbers numbers = new DrawnNumbers("train", 11);
      for (int i = 0; i < DRAWN; i++) {
        for (int length = 2; length <= 3; length++) {
          DrawnNumber drawn = numbers.draw(length, 0.1, 0.3);
          seen.add(seen(drawn.number(), drawn.image(), numberReader, WEIGHT_OF_DRAWN));
        }
      }
      new CutScoreFit(seen, real).print();
    }
  }

  private static Seen seen(String number, GreyImage scan, NumberReader reader, double weight) {
    FreeNumber cut = ((Outcome.Ok<FreeNumber>) FreeNumber.of(scan, CutLimits.DEFAULT)).value();
    NumberRule any = NumberRule.ofDigits(1, MOST_DIGITS);
    List<Reading> readings = reader.read(List.of(new NumberReader.Task(cut, any))).get(0).pieces();
    return new Seen(number, Pieces.of(scan, CutLimits.DEFAULT), readings, weight);
  }

  private void print() {
    long before = right(i -> true, CutScore.FITTED);
    Map<Weight, Double> all = fit(i -> true);
    all.forEach((weight, value) -> System.out.printf(Locale.US, "%s(%.2f)%n", weight, value));
    long held = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      int out = fold;
      CutScore fitted = new CutScore(fit(i -> i >= real || i % FOLDS != out));
      held += right(i -> i % FOLDS == out, fitted);
    }
    System.out.printf(
        Locale.US,
        "of %d: %d right before, %d fitted on all, %d fitted on four fifths and read in the rest%n",
        real,
        before,
        right(i -> true, new CutScore(all)),
        held);
  }

  private long right(IntPredicate which, CutScore scores) {
    return IntStream.range(0, real)
        .parallel()
        .filter(which)
        .filter(i -> seen.get(i).isRead(scores))
        .count();
  }

  private Map<Weight, Double> fit(IntPredicate which) {
    Map<Weight, Double> weights = new EnumMap<>(Weight.class);
    for (Weight weight : Weight.values()) {
      weights.put(weight, weight.fitted);
    }
    weights.put(Weight.SHARPNESS, 1.0);
    double value = value(which, weights);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (Weight weight : Weight.values()) {
        value = weight == Weight.SHARPNESS ? value : improve(which, weights, weight, value);
      }
      System.err.printf(Locale.US, "%.3f%n", value);
    }
    return weights;
  }

  /** Goes to the top of the parabola through three values; half as far while that is no gain. */
  private double improve(
      IntPredicate which, Map<Weight, Double> weights, Weight weight, double value) {
    double at = weights.get(weight);
    weights.put(weight, at + STEP);
    double more = value(which, weights);
    weights.put(weight, at - STEP);
    double less = value(which, weights);
    double slope = (more - less) / (2 * STEP);
    double curve = (more - 2 * value + less) / (STEP * STEP);
    double step = curve < 0 ? -slope / curve : Math.signum(slope) * LONGEST_STEP;
    step = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step));
    for (int halving = 0; halving < 4; halving++, step /= 2) {
      weights.put(weight, at + step);
      double there = value(which, weights);
      if (there > value) {
        return there;
      }
    }
    weights.put(weight, at);
    return value;
  }

  private double value(IntPredicate which, Map<Weight, Double> weights) {
    CutScore scores = new CutScore(weights);
    double likelihood =
        IntStream.range(0, seen.size())
            .parallel()
            .filter(which)
            .mapToDouble(i -> seen.get(i).logLikelihood(scores))
            .sum();
    double ridge = weights.values().stream().mapToDouble(each -> each * each).sum();
    return likelihood - RIDGE * ridge;
  }
}
