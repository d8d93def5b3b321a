// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.Automation;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.NumberOutcome;
import org.digitrecognizer.evaluation.OperatingPoint;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.number.BestNumber;
import org.digitrecognizer.number.Lattice;
import org.digitrecognizer.number.NumberReading;
import org.digitrecognizer.number.NumberRule;
import org.digitrecognizer.number.rule.CheckDigits;
import org.digitrecognizer.number.rule.NumberList;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.scan.MnistDigits;

/**
 * How many numbers of 8 digits in cells a model reads without a person, and how many of these are
 * wrong. The numbers are the 10,000 test digits of MNIST, dealt out 16 times; the threshold is
 * chosen without labels. The argument is {@code MODEL}; run it by {@code benchmarks/numbers.sh}.
 */
final class NumberCellAccuracy {

  private static final int DEALS = 16;
  private static final int DIGITS = 8;
  private static final int LISTED = 100_000;
  private static final double TARGET = 0.001;
  private static final int BOOTSTRAPS = 2000;

  private final Random random = new Random(11);
  private final byte[] labels;
  private final List<Reading> readings;

  private NumberCellAccuracy(byte[] labels, List<Reading> readings) {
    this.labels = labels;
    this.readings = readings;
  }

  /** What was read of a number; {@code misread} is the place of a digit that is wrong, or -1. */
  private record Read(double confidence, boolean right, int misread) {}

  /** The rule of a deal, given its numbers. */
  private interface Rules {
    NumberRule of(List<String> numbers);
  }

  /** Prints the figures of each rule. */
  public static void main(String[] arguments) throws IOException {
    org.apache.hadoop.fs.Path model = new org.apache.hadoop.fs.Path(arguments[0]);
    Model opened = ModelDirectory.open(model, new Configuration(), null);
    List<DigitImage> images =
        Arrays.stream(MnistDigits.images("t10k")).map(DigitImage::of).toList();
    List<Reading> readings;
    try (DigitSession session = new DigitSession(ReadingGraph.of(opened.stored()));
        DigitReader reader = new DigitReader(session, opened.description().calibration())) {
      readings = reader.read(images);
    }
    NumberRule digits = NumberRule.ofDigits(DIGITS, DIGITS);
    NumberRule luhn = digits.and(CheckDigits.scheme("luhn").orElseThrow());
    NumberCellAccuracy cells = new NumberCellAccuracy(MnistDigits.labels("t10k"), readings);
    cells.measure("8 digits", digits, numbers -> digits);
    cells.measure("Luhn", luhn, numbers -> luhn);
    cells.measure("list of 100,000", digits, numbers -> digits.in(cells.list(numbers)));
  }

  private NumberList.Builder list(List<String> numbers) {
    NumberList.Builder list = new NumberList.Builder();
    numbers.forEach(list::add);
    while (list.size() < LISTED) {
      list.add(String.format("%08d", random.nextInt(100_000_000)));
    }
    return list;
  }

  private void measure(String name, NumberRule written, Rules rules) {
    List<Read> read = new ArrayList<>();
    for (int deal = 0; deal < DEALS; deal++) {
      List<int[]> numbers = deal(written);
      NumberRule rule = rules.of(numbers.stream().map(this::text).toList());
      BestNumber best = new BestNumber();
      numbers.forEach(number -> read.add(read(number, best, rule)));
    }
    Evaluation evaluation = new Evaluation();
    read.forEach(
        number ->
            evaluation.add(
                new NumberOutcome(
                    name, NumberOutcome.Kind.READ, Math.min(1, number.confidence), 1, null)));
    double threshold =
        evaluation
            .automation(Automation.Basis.CALIBRATION, TARGET)
            .chosen()
            .map(OperatingPoint::threshold)
            .orElse(2.0);
    List<Read> accepted = read.stream().filter(one -> one.confidence >= threshold).toList();
    long wrong = accepted.stream().filter(one -> !one.right).count();
    double expected = accepted.stream().mapToDouble(one -> 1 - one.confidence).sum();
    double[] bounds = bounds(accepted);
    System.out.printf(
        Locale.US,
        "%-16s %,d numbers, %.1f %% right; accepted %.2f %%; wrong in 1,000 accepted %.2f"
            + " (95 %% of bootstraps over digits: %.2f to %.2f), expected %.2f%n",
        name,
        read.size(),
        100.0 * read.stream().filter(Read::right).count() / read.size(),
        100.0 * accepted.size() / read.size(),
        1000.0 * wrong / accepted.size(),
        bounds[0],
        bounds[1],
        1000 * expected / accepted.size());
  }

  /** Deals all digits out; where a check digit is asked for, the last is one that fits. */
  private List<int[]> deal(NumberRule rule) {
    List<Integer> left = new ArrayList<>(IntStream.range(0, labels.length).boxed().toList());
    Collections.shuffle(left, random);
    List<int[]> numbers = new ArrayList<>();
    while (left.size() >= DIGITS) {
      int[] number = left.subList(0, DIGITS).stream().mapToInt(Integer::intValue).toArray();
      for (int i = DIGITS - 1; i < left.size(); i++) {
        number[DIGITS - 1] = left.get(i);
        if (rule.allows(text(number))) {
          numbers.add(number);
          left.remove(i);
          break;
        }
      }
      left.subList(0, DIGITS - 1).clear();
    }
    return numbers;
  }

  private String text(int[] number) {
    StringBuilder text = new StringBuilder();
    for (int digit : number) {
      text.append(labels[digit]);
    }
    return text.toString();
  }

  private Read read(int[] number, BestNumber best, NumberRule rule) {
    List<float[]> cells =
        Arrays.stream(number).mapToObj(digit -> readings.get(digit).probabilities()).toList();
    NumberReading reading = best.read(Lattice.ofCells(cells), rule);
    int misread =
        Arrays.stream(number)
            .filter(digit -> readings.get(digit).digit() != labels[digit])
            .findFirst()
            .orElse(-1);
    return new Read(reading.confidence(), text(number).equals(reading.number()), misread);
  }

  /**
   * A number is wrong since a digit was misread: digits are drawn anew, and with them its count.
   */
  private double[] bounds(List<Read> accepted) {
    int[] wrongBy = new int[labels.length];
    accepted.stream()
        .filter(one -> !one.right && one.misread >= 0)
        .forEach(one -> wrongBy[one.misread]++);
    double[] rates = new double[BOOTSTRAPS];
    for (int i = 0; i < BOOTSTRAPS; i++) {
      long wrong = 0;
      for (int drawn = 0; drawn < labels.length; drawn++) {
        wrong += wrongBy[random.nextInt(labels.length)];
      }
      rates[i] = 1000.0 * wrong / accepted.size();
    }
    Arrays.sort(rates);
    return new double[] {rates[BOOTSTRAPS / 40], rates[BOOTSTRAPS - BOOTSTRAPS / 40]};
  }
}
