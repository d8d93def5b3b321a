// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.StoredNetwork;
import org.digitrecognizer.onnx.EightBits.Range;

/**
 * A network as it is read with: all but its last layer in whole numbers of 8 bits, which a
 * processor multiplies two to three times as fast as floats, where it says nearly the same so.
 */
public final class ReadingGraph {

  /**
   * How much, in the mean of {@link KnownDigits}, the probability that changes most may change:
   * some ten times what it does for networks that were trained.
   */
  private static final double MOST_CHANGE = 0.005;

  private ReadingGraph() {}

  /**
   * Returns a network as ONNX, for {@link DigitSession}. The same network gives the same bytes on
   * one kind of processor.
   *
   * @param network a digit network
   * @throws org.digitrecognizer.failure.UserException if a layer has no counterpart in ONNX
   */
  public static byte[] of(StoredNetwork network) {
    MeasuredRanges measured = new MeasuredRanges();
    byte[] measuring = OnnxFile.bytes(network, measured);
    List<Map<String, float[]>> floats = computed(measuring);
    byte[] rounded = OnnxFile.bytes(network, new EightBits(ranges(measured, floats)));
    return change(floats, computed(rounded)) <= MOST_CHANGE ? rounded : OnnxFile.bytes(network);
  }

  private static List<Map<String, float[]>> computed(byte[] onnx) {
    List<DigitImage> digits = KnownDigits.all();
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

  /** Returns how much the probability of each image that changes most does, in the mean. */
  private static double change(
      List<Map<String, float[]>> outputs, List<Map<String, float[]>> others) {
    return IntStream.range(0, outputs.size())
        .mapToDouble(
            batch ->
                change(
                    outputs.get(batch).get(DigitSession.OUTPUT),
                    others.get(batch).get(DigitSession.OUTPUT)))
        .average()
        .orElseThrow();
  }

  private static double change(float[] probabilities, float[] others) {
    int images = probabilities.length / DigitImage.CLASSES;
    double sum = 0;
    for (int image = 0; image < images; image++) {
      double most = 0;
      for (int i = image * DigitImage.CLASSES; i < (image + 1) * DigitImage.CLASSES; i++) {
        most = Math.max(most, Math.abs(probabilities[i] - others[i]));
      }
      sum += most;
    }
    return sum / images;
  }
}
