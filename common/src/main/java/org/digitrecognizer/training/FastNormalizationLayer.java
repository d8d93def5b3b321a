// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.nio.FloatBuffer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation (Ioffe and Szegedy 2015, algorithm 1) over the last axis of {@code [batch,
 * height, width, channels]} or {@code [batch, channels]}, float: two passes over the values forward
 * and two backward, where ND4J's operations make some ten.
 */
final class FastNormalizationLayer extends BatchNormalization {

  private static final long serialVersionUID = 1L;

  /** Values a block, about: small enough for the first-level cache. */
  private static final int BLOCK = 4096;

  /** Mean of each channel over the minibatch, and one by its standard deviation. */
  private transient float[] mean;

  private transient float[] scale;

  FastNormalizationLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    if (!training || dataType != DataType.FLOAT) {
      mean = null;
      return super.activate(training, workspaces);
    }
    assertInputSet(false);
    INDArray from = Contiguous.of(input);
    Sums moments = moments(from);
    remember(moments);
    INDArray output =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, from.shape(), 'c');
    float[] gamma = values(BatchNormalizationParamInitializer.GAMMA);
    float[] beta = values(BatchNormalizationParamInitializer.BETA);
    float[] factor = new float[mean.length];
    float[] shift = new float[mean.length];
    for (int c = 0; c < mean.length; c++) {
      factor[c] = gamma[c] * scale[c];
      shift[c] = beta[c] - mean[c] * factor[c];
    }
    FloatBuffer source = Contiguous.floats(from);
    FloatBuffer target = Contiguous.floats(output);
    float[] block = block();
    while (source.hasRemaining()) {
      int count = Math.min(block.length, source.remaining());
      source.get(block, 0, count);
      for (int start = 0; start < count; start += factor.length) {
        for (int c = 0; c < factor.length; c++) {
          block[start + c] = block[start + c] * factor[c] + shift[c];
        }
      }
      target.put(block, 0, count);
    }
    return output;
  }

  private float[] values(String parameter) {
    return getParam(parameter).dup().data().asFloat();
  }

  /** As many values as a block may have, of whole channels. */
  private float[] block() {
    return new float[Math.max(1, BLOCK / mean.length) * mean.length];
  }

  /** Two sums for each channel, over so many values. */
  private static final class Sums {
    final double[] first;
    final double[] second;
    final long count;

    Sums(int channels, long values) {
      first = new double[channels];
      second = new double[channels];
      count = values / channels;
    }
  }

  /** Sums of the values and of their squares. */
  private static Sums moments(INDArray values) {
    int channels = (int) values.size(values.rank() - 1);
    Sums moments = new Sums(channels, values.length());
    double[] sums = moments.first;
    double[] squares = moments.second;
    FloatBuffer source = Contiguous.floats(values);
    float[] block = new float[Math.max(1, BLOCK / channels) * channels];
    while (source.hasRemaining()) {
      int count = Math.min(block.length, source.remaining());
      source.get(block, 0, count);
      for (int start = 0; start < count; start += channels) {
        for (int c = 0; c < channels; c++) {
          double value = block[start + c];
          sums[c] += value;
          squares[c] += value * value;
        }
      }
    }
    return moments;
  }

  /** Keeps mean and scale for the way back, and says how the running ones move. */
  private void remember(Sums moments) {
    int channels = moments.first.length;
    mean = new float[channels];
    scale = new float[channels];
    float[] variance = new float[channels];
    for (int c = 0; c < channels; c++) {
      double average = moments.first[c] / moments.count;
      double spread = Math.max(0, moments.second[c] / moments.count - average * average);
      mean[c] = (float) average;
      variance[c] = (float) spread;
      scale[c] = (float) (1 / Math.sqrt(spread + layerConf().getEps()));
    }
    moveRunning(BatchNormalizationParamInitializer.GLOBAL_MEAN, mean);
    moveRunning(BatchNormalizationParamInitializer.GLOBAL_VAR, variance);
  }

  /** The running value's gradient: what is subtracted from it, since no updater changes it. */
  private void moveRunning(String parameter, float[] ofMinibatch) {
    float[] running = values(parameter);
    float[] move = new float[running.length];
    for (int c = 0; c < move.length; c++) {
      move[c] = (float) ((running[c] - ofMinibatch[c]) * (1 - layerConf().getDecay()));
    }
    put(parameter, move);
  }

  private void put(String parameter, float[] gradient) {
    INDArray view = gradientViews.get(parameter);
    for (int c = 0; c < gradient.length; c++) {
      view.putScalar(c, gradient[c]);
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (mean == null) {
      return super.backpropGradient(epsilon, workspaces);
    }
    INDArray from = Contiguous.of(input);
    INDArray error = Contiguous.of(epsilon);
    Sums sums = errorSums(from, error);
    INDArray inputGradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, from.shape(), 'c');
    backward(from, error, sums, inputGradient);
    put(BatchNormalizationParamInitializer.BETA, floats(sums.first));
    put(BatchNormalizationParamInitializer.GAMMA, floats(sums.second));
    Gradient gradient = new DefaultGradient();
    for (String parameter : layerConf().initializer().paramKeys(layerConf())) {
      gradient.setGradientFor(parameter, gradientViews.get(parameter));
    }
    mean = null;
    return new Pair<>(gradient, inputGradient);
  }

  private static float[] floats(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }

  /** Sums of the error, and of the error times the normalised value. */
  private Sums errorSums(INDArray values, INDArray error) {
    int channels = mean.length;
    Sums all = new Sums(channels, values.length());
    double[] sums = all.first;
    double[] products = all.second;
    FloatBuffer source = Contiguous.floats(values);
    FloatBuffer errors = Contiguous.floats(error);
    float[] block = block();
    float[] errorBlock = block();
    while (source.hasRemaining()) {
      int count = Math.min(block.length, source.remaining());
      source.get(block, 0, count);
      errors.get(errorBlock, 0, count);
      for (int start = 0; start < count; start += channels) {
        for (int c = 0; c < channels; c++) {
          float delta = errorBlock[start + c];
          sums[c] += delta;
          products[c] += delta * ((block[start + c] - mean[c]) * scale[c]);
        }
      }
    }
    return all;
  }

  /** Ioffe and Szegedy 2015, section 3, the chain rule there put into one line. */
  private void backward(INDArray values, INDArray error, Sums sums, INDArray gradient) {
    int channels = mean.length;
    float[] gamma = values(BatchNormalizationParamInitializer.GAMMA);
    float[] onError = new float[channels];
    float[] onValue = new float[channels];
    float[] constant = new float[channels];
    for (int c = 0; c < channels; c++) {
      double factor = gamma[c] * scale[c];
      double slope = factor * scale[c] * sums.second[c] / sums.count;
      onError[c] = (float) factor;
      onValue[c] = (float) -slope;
      constant[c] = (float) (slope * mean[c] - factor * sums.first[c] / sums.count);
    }
    FloatBuffer source = Contiguous.floats(values);
    FloatBuffer errors = Contiguous.floats(error);
    FloatBuffer target = Contiguous.floats(gradient);
    float[] block = block();
    float[] errorBlock = block();
    while (source.hasRemaining()) {
      int count = Math.min(block.length, source.remaining());
      source.get(block, 0, count);
      errors.get(errorBlock, 0, count);
      for (int start = 0; start < count; start += channels) {
        for (int c = 0; c < channels; c++) {
          int i = start + c;
          block[i] = errorBlock[i] * onError[c] + block[i] * onValue[c] + constant[c];
        }
      }
      target.put(block, 0, count);
    }
  }
}
