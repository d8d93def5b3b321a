// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.PairedTest;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;
import org.digitrecognizer.reading.FoundDigits;
import org.digitrecognizer.scan.Outcome;
import org.digitrecognizer.scan.ScanNormaliser;

/**
 * How two networks read the same digits.
 *
 * @param digits how many there are
 * @param both both read right
 * @param onlyBefore only the old one reads right
 * @param onlyAfter only the new one does
 */
record Gate(long digits, long both, long onlyBefore, long onlyAfter) {

  /** How much worse MNIST may be read, as a share. */
  static final double MNIST_TOLERANCE = 0.001;

  /** How probable an improvement by chance may be. */
  static final double SIGNIFICANCE = 0.01;

  /** Reads digits with both. */
  static Gate ofDigits(
      JavaRDD<LabelledDigit> digits, NetworkBroadcast before, NetworkBroadcast after) {
    return of(digits, before, after, LabelledDigit::label, Gate::readDigits);
  }

  /** Reads scans with both, as scoring reads them. */
  static Gate ofScans(JavaRDD<SiteScan> scans, NetworkBroadcast before, NetworkBroadcast after) {
    return of(scans, before, after, scan -> scan.digit().label(), Gate::readScans);
  }

  private interface Labels<T> extends ToIntFunction<T>, Serializable {}

  private interface Readings<T>
      extends BiFunction<DigitReader, List<T>, List<Reading>>, Serializable {}

  private static <T> Gate of(
      JavaRDD<T> digits,
      NetworkBroadcast before,
      NetworkBroadcast after,
      Labels<T> label,
      Readings<T> read) {
    long[] counts =
        digits
            .mapPartitions(
                part -> {
                  List<T> its = new ArrayList<>();
                  part.forEachRemaining(its::add);
                  List<Reading> old = before.withReader(reader -> read.apply(reader, its));
                  List<Reading> young = after.withReader(reader -> read.apply(reader, its));
                  int[] labels = its.stream().mapToInt(label).toArray();
                  return List.of(compare(labels, old, young)).iterator();
                })
            .fold(new long[4], Gate::sum);
    return new Gate(counts[0], counts[1], counts[2], counts[3]);
  }

  private static long[] compare(int[] labels, List<Reading> old, List<Reading> young) {
    long[] counts = {labels.length, 0, 0, 0};
    for (int i = 0; i < labels.length; i++) {
      boolean oldRight = old.get(i).digit() == labels[i];
      boolean newRight = young.get(i).digit() == labels[i];
      if (oldRight && newRight) {
        counts[1]++;
      } else if (oldRight) {
        counts[2]++;
      } else if (newRight) {
        counts[3]++;
      }
    }
    return counts;
  }

  private static List<Reading> readDigits(DigitReader reader, List<LabelledDigit> digits) {
    return reader.read(digits.stream().map(LabelledDigit::image).toList());
  }

  private static List<Reading> readScans(DigitReader reader, List<SiteScan> scans) {
    return new FoundDigits(new ScanNormaliser(), reader)
        .read(scans.stream().map(SiteScan::found).toList()).stream()
            .map(read -> ((Outcome.Ok<FoundDigits.Read>) read).value().reading())
            .toList();
  }

  private static long[] sum(long[] a, long[] b) {
    long[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  /** Returns the share that the old one reads right, 0..1. */
  double before() {
    return (double) (both + onlyBefore) / digits;
  }

  /** Returns the share that the new one reads right, 0..1. */
  double after() {
    return (double) (both + onlyAfter) / digits;
  }

  /** Returns how probable it is that the new one does so well by chance, 0..1. */
  double pValue() {
    return new PairedTest(onlyAfter, onlyBefore).pValue();
  }

  /** Whether the new one reads MNIST's digits, which these are, no worse than it may. */
  boolean keepsMnist() {
    return after() >= before() - MNIST_TOLERANCE;
  }

  /** Refuses a network that is not better on the scans held back, or worse on MNIST. */
  static void require(Gate heldBack, Gate mnist) {
    if (heldBack.onlyAfter() <= heldBack.onlyBefore() || heldBack.pValue() >= SIGNIFICANCE) {
      throw new UserException(
          String.format(
              Locale.US,
              "the adapted model is not shown to be better: of %,d scans held back it reads %.2f %%"
                  + " right, the model it was made of %.2f %% (p = %.2g, below %.2g was needed);"
                  + " nothing was written; check the labels or give more scans",
              heldBack.digits(),
              100 * heldBack.after(),
              100 * heldBack.before(),
              heldBack.pValue(),
              SIGNIFICANCE));
    }
    if (!mnist.keepsMnist()) {
      throw new UserException(
          String.format(
              Locale.US,
              "the adapted model has unlearnt: of MNIST's test digits it reads %.2f %% right, the"
                  + " model it was made of %.2f %%; nothing was written; lower --epochs or"
                  + " --learning-rate",
              100 * mnist.after(),
              100 * mnist.before()));
    }
  }
}
