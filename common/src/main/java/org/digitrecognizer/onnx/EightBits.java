// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.onnx;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.digitrecognizer.model.LayerNumbers;

/**
 * Whole numbers: 8 bits for what is computed and 7 for the weights, each output's with a scale of
 * its own, between pairs of QuantizeLinear and DequantizeLinear, of which a runtime makes integer
 * arithmetic (Jacob et al., "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference", CVPR 2018, section 2).
 */
final class EightBits implements Precision {

  private static final int MOST_VALUE = 255;

  /** Values between two numbers. */
  record Range(float least, float greatest) {

    /** Paper, padding and what ReLU cuts off are 0, which must be a whole number. */
    Range withZero() {
      return new Range(Math.min(0, least), Math.max(0, greatest));
    }
  }

  /** A value is scale · (whole number − zero). */
  private record Steps(float scale, int zero) {

    static Steps over(Range range) {
      float width = range.greatest - range.least;
      float scale = width == 0 ? 1 : width / MOST_VALUE;
      return new Steps(scale, Math.round(-range.least / scale));
    }
  }

  private final Iterator<Range> ranges;
  private final Map<String, Steps> steps = new HashMap<>();

  /**
   * @param ranges of what is computed, in that order
   */
  EightBits(List<Range> ranges) {
    this.ranges = ranges.iterator();
  }

  @Override
  public String computed(OnnxGraph graph, String value) {
    return rounded(graph, value, Steps.over(ranges.next().withZero()));
  }

  @Override
  public String moved(OnnxGraph graph, String value, String from) {
    Steps known = steps.get(from);
    return known == null ? value : rounded(graph, value, known);
  }

  private String rounded(OnnxGraph graph, String value, Steps its) {
    String scale = graph.constant("scale", FloatBuffer.wrap(new float[] {its.scale}));
    String zero = graph.unsignedByte("zero", its.zero);
    String whole = graph.add("QuantizeLinear", Map.of(), value, scale, zero);
    String rounded = graph.add("DequantizeLinear", Map.of(), whole, scale, zero);
    steps.put(rounded, its);
    return rounded;
  }

  @Override
  public String[] inputs(
      OnnxGraph graph, String value, LayerNumbers.Affine numbers, long... shape) {
    Steps its = steps.get(value);
    if (its == null) {
      return FLOAT.inputs(graph, value, numbers, shape);
    }
    RoundedNumbers rounded = new RoundedNumbers(numbers, (int) shape[0], its.scale);
    String zeros = graph.constant("zeros", new byte[(int) shape[0]], shape[0]);
    return new String[] {
      value,
      floats(graph, graph.constant("weights", rounded.weights, shape), rounded.scales, zeros),
      floats(graph, graph.constant("bias", rounded.bias, shape[0]), rounded.biasScales)
    };
  }

  /** Adds what makes floats again of whole numbers, with a scale an output. */
  private static String floats(OnnxGraph graph, String whole, float[] scales, String... zeros) {
    String constant = graph.constant("scales", FloatBuffer.wrap(scales), scales.length);
    String[] inputs =
        Stream.concat(Stream.of(whole, constant), Stream.of(zeros)).toArray(String[]::new);
    return graph.add("DequantizeLinear", Map.of("axis", 0L), inputs);
  }
}
