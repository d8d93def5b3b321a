// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.onnx;

import java.nio.FloatBuffer;
import org.digitrecognizer.model.LayerNumbers;

/**
 * The numbers of a layer in whole numbers, each output's with scales of its own. Weights have 7
 * bits: the sum of two products with values of 8 bits holds in 16, where processors without
 * instructions for sums of four cut it off.
 */
final class RoundedNumbers {

  private static final int MOST_WEIGHT = 63;

  /** So large that a bias has room beside the sum of products, in 32 bits. */
  private static final double MOST_BIAS = 1 << 30;

  /** Those of an output behind each other. */
  final byte[] weights;

  /** Of the weights, one an output. */
  final float[] scales;

  /** One an output, 0 where there is none. */
  final int[] bias;

  /** Those of the weights times that of what comes in, so that both can be added up. */
  final float[] biasScales;

  /**
   * @param inputScale of what comes in
   */
  RoundedNumbers(LayerNumbers.Affine numbers, int outputs, float inputScale) {
    float[] exact = floats(numbers.weights());
    float[] exactBias = numbers.bias() == null ? new float[outputs] : floats(numbers.bias());
    int inputs = exact.length / outputs;
    weights = new byte[exact.length];
    scales = new float[outputs];
    bias = new int[outputs];
    biasScales = new float[outputs];
    for (int output = 0; output < outputs; output++) {
      int from = output * inputs;
      scales[output] = scale(exact, from, from + inputs, exactBias[output] / inputScale);
      for (int i = from; i < from + inputs; i++) {
        weights[i] = (byte) Math.round(exact[i] / scales[output]);
      }
      biasScales[output] = inputScale * scales[output];
      bias[output] = Math.round(exactBias[output] / biasScales[output]);
    }
  }

  private static float scale(float[] weights, int from, int to, float bias) {
    double most = 0;
    for (int i = from; i < to; i++) {
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
