// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.digitrecognizer.keras.KerasLayer.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A layer's parameters in Keras' memory order. */
final class KerasWeights {

  private static final String WEIGHTS = DefaultParamInitializer.WEIGHT_KEY;
  private static final String BIAS = DefaultParamInitializer.BIAS_KEY;

  private KerasWeights() {}

  /** {@code [out, in, height, width]} to {@code [height, width, in, out]}. */
  static List<Weights> convolution(Layer layer) {
    return withBias(layer.getParam(WEIGHTS).permute(2, 3, 1, 0), layer);
  }

  /**
   * {@code [in, out]}. What was flattened in the order of channel, height, width has its rows put
   * into that of height, width, channel.
   *
   * @param flattening what made one row of an image before this layer; null for nothing
   */
  static List<Weights> dense(Layer layer, CnnToFeedForwardPreProcessor flattening) {
    INDArray weights = layer.getParam(WEIGHTS);
    if (flattening != null && flattening.getFormat() != CNN2DFormat.NHWC) {
      long[] shape = weights.shape();
      weights =
          weights
              .dup('c')
              .reshape(
                  'c',
                  flattening.getNumChannels(),
                  flattening.getInputHeight(),
                  flattening.getInputWidth(),
                  shape[1])
              .permute(1, 2, 0, 3)
              .dup('c')
              .reshape('c', shape);
    }
    return withBias(weights, layer);
  }

  /** Scale, shift, mean and variance, a number a channel each. */
  static List<Weights> normalization(BatchNormalization conf, Layer layer) {
    INDArray mean = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN);
    INDArray gamma = layer.getParam(BatchNormalizationParamInitializer.GAMMA);
    INDArray beta = layer.getParam(BatchNormalizationParamInitializer.BETA);
    INDArray constant = Nd4j.ones(mean.dataType(), mean.shape());
    return List.of(
        vector("gamma", gamma == null ? constant.mul(conf.getGamma()) : gamma),
        vector("beta", beta == null ? constant.mul(conf.getBeta()) : beta),
        vector("moving_mean", mean),
        vector("moving_variance", variance(conf, layer)));
  }

  private static INDArray variance(BatchNormalization conf, Layer layer) {
    if (!conf.isUseLogStd()) {
      return layer.getParam(BatchNormalizationParamInitializer.GLOBAL_VAR);
    }
    INDArray logStd = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
    return Transforms.pow(
        Nd4j.valueArrayOf(logStd.shape(), 10.0, logStd.dataType()), logStd.mul(2));
  }

  private static List<Weights> withBias(INDArray kernel, Layer layer) {
    List<Weights> weights = new ArrayList<>();
    weights.add(new Weights("kernel", kernel));
    INDArray bias = layer.getParam(BIAS);
    if (bias != null) {
      weights.add(vector("bias", bias));
    }
    return weights;
  }

  private static Weights vector(String name, INDArray values) {
    return new Weights(name, values.reshape(values.length()));
  }
}
