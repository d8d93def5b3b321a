// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

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
    ChannelBlocks blocks = blocks(from);
    remember(blocks.moments(from));
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
    blocks.scale(from, factor, shift, output);
    return output;
  }

  private float[] values(String parameter) {
    return getParam(parameter).dup().data().asFloat();
  }

  private static ChannelBlocks blocks(INDArray values) {
    return new ChannelBlocks((int) values.size(values.rank() - 1));
  }

  /** Keeps mean and scale for the way back, and says how the running ones move. */
  private void remember(ChannelSums moments) {
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
    ChannelSums sums = blocks(from).products(error, from, mean);
    INDArray inputGradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, from.shape(), 'c');
    backward(from, error, sums, inputGradient);
    float[] ofShift = new float[mean.length];
    float[] ofFactor = new float[mean.length];
    for (int c = 0; c < mean.length; c++) {
      ofShift[c] = (float) sums.first[c];
      ofFactor[c] = (float) (sums.second[c] * scale[c]);
    }
    put(BatchNormalizationParamInitializer.BETA, ofShift);
    put(BatchNormalizationParamInitializer.GAMMA, ofFactor);
    Gradient gradient = new DefaultGradient();
    for (String parameter : layerConf().initializer().paramKeys(layerConf())) {
      gradient.setGradientFor(parameter, gradientViews.get(parameter));
    }
    mean = null;
    return new Pair<>(gradient, inputGradient);
  }

  /** Ioffe and Szegedy 2015, section 3, the chain rule there put into one line. */
  private void backward(INDArray values, INDArray error, ChannelSums sums, INDArray gradient) {
    int channels = mean.length;
    float[] gamma = values(BatchNormalizationParamInitializer.GAMMA);
    float[] onError = new float[channels];
    float[] onValue = new float[channels];
    float[] constant = new float[channels];
    for (int c = 0; c < channels; c++) {
      double factor = gamma[c] * scale[c];
      double slope = factor * scale[c] * scale[c] * sums.second[c] / sums.count;
      onError[c] = (float) factor;
      onValue[c] = (float) -slope;
      constant[c] = (float) (slope * mean[c] - factor * sums.first[c] / sums.count);
    }
    blocks(values).combine(error, onError, values, onValue, constant, gradient);
  }
}
