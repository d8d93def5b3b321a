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
 * Integer-Arithmetic-Only Inference", CVPR 2018, section 2). With weights of 7 bits the sums of two
 * products hold in 16 bits, where a processor without instructions for such products cuts them off.
 */
final class EightBits implements Precision {

  private static final int MOST_WEIGHT = 63;
  private static final int MOST_VALUE = 255;

  /** So large that a bias has room beside the sum of products, in 32 bits. */
  private static final double MOST_BIAS = 1 << 30;

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
    float[] weights = floats(numbers.weights());
    float[] bias = numbers.bias() == null ? new float[(int) shape[0]] : floats(numbers.bias());
    int each = weights.length / bias.length;
    float[] scales = new float[bias.length];
    float[] biasScales = new float[bias.length];
    byte[] wholeWeights = new byte[weights.length];
    int[] wholeBias = new int[bias.length];
    for (int output = 0; output < bias.length; output++) {
      float scale = scale(weights, output * each, each, bias[output] / its.scale);
      scales[output] = scale;
      biasScales[output] = its.scale * scale;
      for (int i = output * each; i < (output + 1) * each; i++) {
        wholeWeights[i] = (byte) Math.round(weights[i] / scale);
      }
      wholeBias[output] = Math.round(bias[output] / biasScales[output]);
    }
    String zeros = graph.constant("zeros", new byte[bias.length], shape[0]);
    return new String[] {
      value,
      floats(graph, graph.constant("weights", wholeWeights, shape), scales, zeros),
      floats(graph, graph.constant("bias", wholeBias, shape[0]), biasScales)
    };
  }

  /** Adds what makes floats again of whole numbers, with a scale an output. */
  private static String floats(OnnxGraph graph, String whole, float[] scales, String... zeros) {
    String constant = graph.constant("scales", FloatBuffer.wrap(scales), scales.length);
    String[] inputs =
        Stream.concat(Stream.of(whole, constant), Stream.of(zeros)).toArray(String[]::new);
    return graph.add("DequantizeLinear", Map.of("axis", 0L), inputs);
  }

  private static float scale(float[] weights, int from, int count, float bias) {
    double most = 0;
    for (int i = from; i < from + count; i++) {
      most = Math.max(most, Math.abs(weights[i]));
    }
    double scale = Math.max(most / MOST_WEIGHT, Math.abs(bias) / MOST_BIAS);
    return scale == 0 ? 1 : (float) scale;
  }

  private static float[] floats(FloatBuffer values) {
    float[] floats = new float[values.remaining()];
    values.duplicate().get(floats);
    return floats;
  }
}
