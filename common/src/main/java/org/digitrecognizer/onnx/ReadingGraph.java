// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.StoredNetwork;
import org.digitrecognizer.onnx.EightBits.Range;

/**
 * A network as it is read with: up to its last layer of sums of products in whole numbers of 8
 * bits, which a processor multiplies two to three times as fast as floats, where it says nearly the
 * same so.
 */
public final class ReadingGraph {

  /**
   * How much, in the mean of digits that set no range, whichever number changes most of what the
   * network says of a digit may change: some ten times what it does for networks that were trained.
   */
  private static final double MOST_CHANGE = 0.005;

  private ReadingGraph() {}

  /**
   * Returns a network as ONNX, for {@link DigitSession}; in floats, too, where ONNX Runtime does
   * not run here or refuses to measure. The same network gives the same bytes on one kind of
   * processor.
   *
   * @param network a digit network
   * @throws UserException if a layer has no counterpart in ONNX
   */
  public static byte[] of(StoredNetwork network) {
    byte[] exact = OnnxFile.bytes(network);
    try {
      byte[] rounded = rounded(network);
      return change(exact, rounded) <= MOST_CHANGE ? rounded : exact;
    } catch (UserException e) {
      // Whoever reads with it meets what is wrong, if anything is wrong with that.
      return exact;
    }
  }

  /** Returns a network in whole numbers, whatever it says so. */
  static byte[] rounded(StoredNetwork network) {
    MeasuredRanges measured = new MeasuredRanges();
    List<Map<String, float[]>> outputs = computed(OnnxFile.bytes(network, measured), toMeasure());
    return OnnxFile.bytes(network, new EightBits(ranges(measured, outputs)));
  }

  private static List<DigitImage> toMeasure() {
    List<DigitImage> all = KnownDigits.all();
    return all.subList(0, all.size() / 2);
  }

  private static List<DigitImage> toCheck() {
    List<DigitImage> all = KnownDigits.all();
    return all.subList(all.size() / 2, all.size());
  }

  private static List<Map<String, float[]>> computed(byte[] onnx, List<DigitImage> digits) {
    List<Map<String, float[]>> outputs = new ArrayList<>();
    try (DigitSession session = new DigitSession(onnx)) {
      for (int i = 0; i < digits.size(); i += DigitReader.BATCH_SIZE) {
        outputs.add(session.compute(digits.subList(i, i + DigitReader.BATCH_SIZE)));
      }
    }
    return outputs;
  }

  private static List<Range> ranges(MeasuredRanges measured, List<Map<String, float[]>> outputs) {
    return measured.extremes().stream()
        .map(
            names -> {
              double least = Double.POSITIVE_INFINITY;
              double greatest = Double.NEGATIVE_INFINITY;
              for (Map<String, float[]> output : outputs) {
                least = Math.min(least, output.get(names.least())[0]);
                greatest = Math.max(greatest, output.get(names.greatest())[0]);
              }
              return new Range((float) least, (float) greatest);
            })
        .toList();
  }

  /** Returns how much what changes most of each digit does, in the mean. */
  private static double change(byte[] exact, byte[] rounded) {
    List<DigitImage> digits = toCheck();
    List<Map<String, float[]>> floats = computed(exact, digits);
    List<Map<String, float[]>> whole = computed(rounded, digits);
    double sum = 0;
    for (int i = 0; i < digits.size(); i++) {
      int batch = i / DigitReader.BATCH_SIZE;
      sum += change(floats.get(batch), whole.get(batch), i % DigitReader.BATCH_SIZE);
    }
    return sum / digits.size();
  }

  private static double change(Map<String, float[]> floats, Map<String, float[]> whole, int place) {
    double most = 0;
    for (Map.Entry<String, float[]> output : floats.entrySet()) {
      float[] others = whole.get(output.getKey());
      int numbers = others.length / DigitReader.BATCH_SIZE;
      for (int i = place * numbers; i < (place + 1) * numbers; i++) {
        most = Math.max(most, Math.abs(output.getValue()[i] - others[i]));
      }
    }
    return most;
  }
}
