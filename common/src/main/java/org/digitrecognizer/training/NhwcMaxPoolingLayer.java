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
    Quarters quarters = new Quarters((int) to.size(2), channels);
    int[] upper = new int[rowLength];
    int[] lower = new int[rowLength];
    IntBuffer source = FloatBits.of(from);
    IntBuffer target = FloatBits.of(to);
    int outRows = (int) to.size(1);
    int inRows = (int) from.size(1);
    for (int row = 0; target.hasRemaining(); row++) {
      int image = row / outRows;
      source.position((image * inRows + row % outRows * 2) * rowLength);
      source.get(upper).get(lower);
      quarters.take(upper, lower);
      quarters.pool();
      System.arraycopy(quarters.places, 0, winners, target.position(), quarters.length);
      target.put(quarters.pooled);
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
    Quarters quarters = new Quarters((int) epsilon.size(2), channels);
    int[] upper = new int[rowLength];
    int[] lower = new int[rowLength];
    IntBuffer source = FloatBits.of(epsilon);
    IntBuffer target = FloatBits.of(gradient);
    int outRows = (int) epsilon.size(1);
    int inRows = (int) gradient.size(1);
    for (int row = 0; source.hasRemaining(); row++) {
      System.arraycopy(winners, source.position(), quarters.places, 0, quarters.length);
      source.get(quarters.pooled);
      quarters.spread();
      quarters.give(upper, lower);
      int image = row / outRows;
      target.position((image * inRows + row % outRows * 2) * rowLength);
      target.put(upper).put(lower);
    }
  }

  /**
   * A row of the output and the four that it is the greatest of, each by itself, so that its loops
   * have one index only: then the compiler can vectorise, however few channels there are.
   */
  private static final class Quarters {
    final int length;
    final int[] pooled;

    /** Which of the four each is from, 0 to 3. */
    final int[] places;

    private final int channels;
    private final int[] upperLeft;
    private final int[] upperRight;
    private final int[] lowerLeft;
    private final int[] lowerRight;

    Quarters(int width, int channels) {
      this.length = width * channels;
      this.channels = channels;
      this.pooled = new int[length];
      this.places = new int[length];
      this.upperLeft = new int[length];
      this.upperRight = new int[length];
      this.lowerLeft = new int[length];
      this.lowerRight = new int[length];
    }

    /** Deals two rows of the input out. */
    void take(int[] upper, int[] lower) {
      for (int out = 0; out < length; out += channels) {
        System.arraycopy(upper, 2 * out, upperLeft, out, channels);
        System.arraycopy(upper, 2 * out + channels, upperRight, out, channels);
        System.arraycopy(lower, 2 * out, lowerLeft, out, channels);
        System.arraycopy(lower, 2 * out + channels, lowerRight, out, channels);
      }
    }

    /** Puts the four back into two rows of the input. */
    void give(int[] upper, int[] lower) {
      for (int out = 0; out < length; out += channels) {
        System.arraycopy(upperLeft, out, upper, 2 * out, channels);
        System.arraycopy(upperRight, out, upper, 2 * out + channels, channels);
        System.arraycopy(lowerLeft, out, lower, 2 * out, channels);
        System.arraycopy(lowerRight, out, lower, 2 * out + channels, channels);
      }
    }

    void pool() {
      for (int i = 0; i < length; i++) {
        int a = FloatBits.ordered(upperLeft[i]);
        int b = FloatBits.ordered(upperRight[i]);
        int d = FloatBits.ordered(lowerLeft[i]);
        int e = FloatBits.ordered(lowerRight[i]);
        int max = Math.max(Math.max(a, b), Math.max(d, e));
        pooled[i] = FloatBits.ordered(max);
        int notA = ~FloatBits.equalMask(a, max);
        int notB = ~FloatBits.equalMask(b, max);
        int notD = ~FloatBits.equalMask(d, max);
        places[i] = notA & (1 + (notB & (1 + (notD & 1))));
      }
    }

    /** Gives each error to the one of the four that was the greatest. */
    void spread() {
      for (int i = 0; i < length; i++) {
        int error = pooled[i];
        int place = places[i];
        upperLeft[i] = error & FloatBits.equalMask(place, 0);
        upperRight[i] = error & FloatBits.equalMask(place, 1);
        lowerLeft[i] = error & FloatBits.equalMask(place, 2);
        lowerRight[i] = error & FloatBits.equalMask(place, 3);
      }
    }
  }
}
