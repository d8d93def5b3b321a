// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.PairedTest;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;

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
  static Gate of(JavaRDD<LabelledDigit> digits, NetworkBroadcast before, NetworkBroadcast after) {
    long[] counts =
        digits
            .mapPartitions(part -> List.of(compare(part, before, after)).iterator())
            .fold(new long[4], Gate::sum);
    return new Gate(counts[0], counts[1], counts[2], counts[3]);
  }

  private static long[] compare(
      Iterator<LabelledDigit> part, NetworkBroadcast before, NetworkBroadcast after) {
    List<LabelledDigit> digits = new ArrayList<>();
    part.forEachRemaining(digits::add);
    List<Reading> old = before.withReader(reader -> read(reader, digits));
    List<Reading> young = after.withReader(reader -> read(reader, digits));
    long[] counts = {digits.size(), 0, 0, 0};
    for (int i = 0; i < digits.size(); i++) {
      boolean oldRight = old.get(i).digit() == digits.get(i).label();
      boolean newRight = young.get(i).digit() == digits.get(i).label();
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

  private static List<Reading> read(DigitReader reader, List<LabelledDigit> digits) {
    return reader.read(digits.stream().map(LabelledDigit::image).toList());
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
