// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.number.FreeNumber;
import org.digitrecognizer.number.NumberReading;
import org.digitrecognizer.number.NumberRule;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.onnx.ReadingGraph;
import org.digitrecognizer.scan.Outcome;

/**
 * How many whole numbers of a {@link NumberSet} a model reads right, without Spark. Run it as
 * {@link ScanSetAccuracy}, with the arguments {@code MODEL SET.zip}. It prints whole numbers right,
 * those of the surest half, the same where the number of digits is known, how often some cut has
 * the true number of digits, wrong numbers beside those expected in five bins of confidence, and
 * with {@code -Dlist} what was misread.
 */
final class NumberSetAccuracy {

  private static final int MOST_DIGITS = 9;

  private record Seen(String label, String name, FreeNumber number) {}

  private record Read(String label, String name, NumberReading any, NumberReading ofLength) {

    boolean isRight() {
      return label.equals(any.number());
    }
  }

  private NumberSetAccuracy() {}

  /** Prints the figures of a set. */
  public static void main(String[] arguments) throws IOException {
    org.apache.hadoop.fs.Path model = new org.apache.hadoop.fs.Path(arguments[0]);
    Model opened = ModelDirectory.open(model, new Configuration(), null);
    try (DigitSession session = new DigitSession(ReadingGraph.of(opened.stored()));
        DigitReader reader = new DigitReader(session, opened.description().calibration())) {
      long start = System.nanoTime();
      List<Read> read = read(cutAll(arguments[1]), new NumberReader(reader));
      print(read, (System.nanoTime() - start) / 1e9);
    }
  }

  private static List<Seen> cutAll(String set) throws IOException {
    List<Seen> seen = new ArrayList<>();
    for (NumberSet.Labelled each : NumberSet.read(set)) {
      if (FreeNumber.of(each.scan(), CutLimits.DEFAULT) instanceof Outcome.Ok<FreeNumber> cut) {
        seen.add(new Seen(each.number(), each.name(), cut.value()));
      } else {
        System.out.println(each.name() + " was rejected");
      }
    }
    return seen;
  }

  private static List<Read> read(List<Seen> seen, NumberReader reader) {
    List<NumberReader.Read> any = reader.read(seen.stream().map(each -> task(each, 1)).toList());
    List<NumberReader.Read> ofLength =
        reader.read(seen.stream().map(each -> task(each, each.label.length())).toList());
    List<Read> read = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      Seen each = seen.get(i);
      read.add(new Read(each.label, each.name, any.get(i).number(), ofLength.get(i).number()));
    }
    return read;
  }

  private static NumberReader.Task task(Seen seen, int leastDigits) {
    int most = leastDigits == 1 ? MOST_DIGITS : leastDigits;
    return new NumberReader.Task(seen.number, NumberRule.ofDigits(leastDigits, most));
  }

  private static void print(List<Read> all, double seconds) {
    List<Read> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingDouble(read -> -read.any.confidence()));
    long right = all.stream().filter(Read::isRight).count();
    long half = sorted.stream().limit(all.size() / 2).filter(Read::isRight).count();
    long length =
        all.stream()
            .filter(read -> read.any.number() != null)
            .filter(read -> read.any.number().length() == read.label.length())
            .count();
    long known = all.stream().filter(read -> read.label.equals(read.ofLength.number())).count();
    double expected = all.stream().mapToDouble(read -> read.any.confidence()).sum();
    System.out.printf(
        Locale.US,
        "%d numbers: %.1f %% right (expected %.1f), of the surest half %.1f %%; length right %.1f"
            + " %%; right where the length is known %.1f %%; %.1f s%n",
        all.size(),
        100.0 * right / all.size(),
        100.0 * expected / all.size(),
        100.0 * half / Math.floor(all.size() / 2.0),
        100.0 * length / all.size(),
        100.0 * known / all.size(),
        seconds);
    ConfidenceBins bins = new ConfidenceBins();
    all.forEach(read -> bins.add(read.any.confidence(), read.isRight()));
    bins.print();
    if (Boolean.getBoolean("list")) {
      sorted.stream()
          .filter(read -> !read.isRight())
          .forEach(
              read ->
                  System.out.printf(
                      Locale.US,
                      "%s read %s (%.3f), or %s (%.3f)%n",
                      read.name,
                      read.any.number(),
                      read.any.confidence(),
                      read.any.second(),
                      read.any.secondConfidence()));
    }
  }
}
