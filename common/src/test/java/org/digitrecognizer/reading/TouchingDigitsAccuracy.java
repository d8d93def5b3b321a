// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.number.DrawnNumbers;
import org.digitrecognizer.number.DrawnNumbers.DrawnNumber;
import org.digitrecognizer.number.FreeNumber;
import org.digitrecognizer.number.NumberRule;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.scan.Outcome;

/**
 * How many drawn numbers a model reads right whose digits overlap, of unknown length and of known,
 * and how many numbers a second of digits that stand apart. The digits are MNIST's test digits,
 * twice as large; the overlap is a share of the narrower one's width, up to which their ink is laid
 * over one another. The argument is {@code MODEL}; run it as {@link ScanSetAccuracy}.
 */
final class TouchingDigitsAccuracy {

  private static final int NUMBERS = 500;
  private static final int TOGETHER = 50;
  private static final int MOST_DIGITS = 9;

  private final DrawnNumbers numbers = new DrawnNumbers("t10k", 7);
  private final NumberReader reader;

  private TouchingDigitsAccuracy(DigitReader reader) {
    this.reader = new NumberReader(reader);
  }

  /** Prints the figures of a model. */
  public static void main(String[] arguments) throws IOException {
    org.apache.hadoop.fs.Path model = new org.apache.hadoop.fs.Path(arguments[0]);
    Model opened = ModelDirectory.open(model, new Configuration(), null);
    try (DigitSession session = new DigitSession(ReadingGraph.of(opened.stored()));
        DigitReader reader = new DigitReader(session, opened.description().calibration())) {
      TouchingDigitsAccuracy accuracy = new TouchingDigitsAccuracy(reader);
      accuracy.print("pairs, 10 to 30 % overlap", 2, 0.1, 0.3);
      accuracy.print("triples, 10 to 30 % overlap", 3, 0.1, 0.3);
      accuracy.print("5 digits apart", 5, -0.3, -0.1);
      accuracy.print("5 digits apart, once warm", 5, -0.3, -0.1);
    }
  }

  private void print(String what, int length, double least, double most) {
    List<DrawnNumber> drawn = new ArrayList<>();
    for (int i = 0; i < NUMBERS; i++) {
      drawn.add(numbers.draw(length, least, most));
    }
    long start = System.nanoTime();
    ConfidenceBins bins = new ConfidenceBins();
    long right = 0;
    long pieces = 0;
    for (int from = 0; from < NUMBERS; from += TOGETHER) {
      List<DrawnNumber> some = drawn.subList(from, from + TOGETHER);
      List<NumberReader.Read> read =
          reader.read(some.stream().map(each -> task(each, 1, MOST_DIGITS)).toList());
      for (int i = 0; i < read.size(); i++) {
        boolean isRight = some.get(i).number().equals(read.get(i).number().number());
        bins.add(read.get(i).number().confidence(), isRight);
        right += isRight ? 1 : 0;
        pieces += read.get(i).pieces().size();
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.US,
        "%s: %.1f %% right, %.0f a second of one thread, %.1f pieces each%n",
        what,
        100.0 * right / NUMBERS,
        NUMBERS / seconds,
        (double) pieces / NUMBERS);
    bins.print();
    printWhereLengthIsKnown(drawn);
  }

  private void printWhereLengthIsKnown(List<DrawnNumber> drawn) {
    long right = drawn.stream().filter(this::isReadWhereLengthIsKnown).count();
    System.out.printf(
        Locale.US,
        "  %.1f %% where the rule says how many digits there are%n",
        100.0 * right / NUMBERS);
  }

  private boolean isReadWhereLengthIsKnown(DrawnNumber drawn) {
    int length = drawn.number().length();
    NumberReader.Read read = reader.read(List.of(task(drawn, length, length))).get(0);
    return drawn.number().equals(read.number().number());
  }

  private static NumberReader.Task task(DrawnNumber drawn, int leastDigits, int mostDigits) {
    FreeNumber cut =
        ((Outcome.Ok<FreeNumber>) FreeNumber.of(drawn.image(), CutLimits.DEFAULT)).value();
    return new NumberReader.Task(cut, NumberRule.ofDigits(leastDigits, mostDigits));
  }
}
