// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.nio.IntBuffer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Max-pooling of 2×2 places with stride 2 over {@code [batch, height, width, channels]}, float. It
 * remembers which of the four was the greatest, so that backwards it only has to put the error
 * there; of equals the first, row by row. A last odd row or column is dropped, as the stock layer
 * does.
 */
final class NhwcMaxPoolingLayer extends SubsamplingLayer {

  private static final long serialVersionUID = 1L;

  /** For each element of the output: which of the four it came from, 0 to 3. */
  private transient int[] winners;

  NhwcMaxPoolingLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    helper = null;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    if (!training || dataType != DataType.FLOAT) {
      winners = null;
      return super.activate(training, workspaces);
    }
    assertInputSet(false);
    INDArray from = Contiguous.of(input);
    long[] shape = {from.size(0), from.size(1) / 2, from.size(2) / 2, from.size(3)};
    INDArray output = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, shape, 'c');
    int length = (int) output.length();
    if (winners == null || winners.length != length) {
      winners = new int[length];
    }
    forward(from, output);
    return output;
  }

  private void forward(INDArray from, INDArray to) {
    int rowLength = (int) (from.size(2) * from.size(3));
    int channels = (int) from.size(3);
    int[] upper = new int[rowLength];
    int[] lower = new int[rowLength];
    int[] pooled = new int[(int) (to.size(2) * channels)];
    IntBuffer source = FloatBits.of(from);
    IntBuffer target = FloatBits.of(to);
    int outRows = (int) to.size(1);
    int inRows = (int) from.size(1);
    for (int row = 0; target.hasRemaining(); row++) {
      int image = row / outRows;
      source.position((image * inRows + row % outRows * 2) * rowLength);
      source.get(upper).get(lower);
      int offset = target.position();
      for (int out = 0; out < pooled.length; out += channels) {
        pool(upper, lower, out * 2, pooled, out, channels, winners, offset + out);
      }
      target.put(pooled);
    }
  }

  private static void pool(
      int[] upper,
      int[] lower,
      int in,
      int[] pooled,
      int out,
      int channels,
      int[] winners,
      int winner) {
    for (int c = 0; c < channels; c++) {
      int a = FloatBits.ordered(upper[in + c]);
      int b = FloatBits.ordered(upper[in + channels + c]);
      int d = FloatBits.ordered(lower[in + c]);
      int e = FloatBits.ordered(lower[in + channels + c]);
      int max = Math.max(Math.max(a, b), Math.max(d, e));
      pooled[out + c] = FloatBits.ordered(max);
      int notA = ~FloatBits.equalMask(a, max);
      int notB = ~FloatBits.equalMask(b, max);
      int notD = ~FloatBits.equalMask(d, max);
      winners[winner + c] = notA & (1 + (notB & (1 + (notD & 1))));
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (winners == null) {
      return super.backpropGradient(epsilon, workspaces);
    }
    INDArray gradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    if (input.size(1) % 2 != 0 || input.size(2) % 2 != 0) {
      gradient.assign(0);
    }
    backward(Contiguous.of(epsilon), gradient);
    return new Pair<>(new DefaultGradient(), gradient);
  }

  private void backward(INDArray epsilon, INDArray gradient) {
    int rowLength = (int) (gradient.size(2) * gradient.size(3));
    int channels = (int) gradient.size(3);
    int[] upper = new int[rowLength];
    int[] lower = new int[rowLength];
    int[] errors = new int[(int) (epsilon.size(2) * channels)];
    IntBuffer source = FloatBits.of(epsilon);
    IntBuffer target = FloatBits.of(gradient);
    int outRows = (int) epsilon.size(1);
    int inRows = (int) gradient.size(1);
    for (int row = 0; source.hasRemaining(); row++) {
      int offset = source.position();
      source.get(errors);
      for (int out = 0; out < errors.length; out += channels) {
        int in = out * 2;
        spread(errors, out, winners, offset + out, upper, lower, in, channels);
      }
      int image = row / outRows;
      target.position((image * inRows + row % outRows * 2) * rowLength);
      target.put(upper).put(lower);
    }
  }

  private static void spread(
      int[] errors,
      int out,
      int[] winners,
      int winner,
      int[] upper,
      int[] lower,
      int in,
      int channels) {
    for (int c = 0; c < channels; c++) {
      int error = errors[out + c];
      int place = winners[winner + c];
      upper[in + c] = error & FloatBits.equalMask(place, 0);
      upper[in + channels + c] = error & FloatBits.equalMask(place, 1);
      lower[in + c] = error & FloatBits.equalMask(place, 2);
      lower[in + channels + c] = error & FloatBits.equalMask(place, 3);
    }
  }
}
