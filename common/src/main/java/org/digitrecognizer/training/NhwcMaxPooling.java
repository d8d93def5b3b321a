// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.util.Arrays;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of the fast 2×2 max-pooling: the fields of {@link SubsamplingLayer}, another
 * implementation.
 */
public final class NhwcMaxPooling extends SubsamplingLayer {

  private static final long serialVersionUID = 1L;

  /** For JSON. */
  NhwcMaxPooling() {
    super(new SubsamplingLayer.Builder());
  }

  /** Returns whether the fast layer does all that this configuration asks for. */
  static boolean supports(SubsamplingLayer stock) {
    int[] two = {2, 2};
    // In full, since SubsamplingLayer has a nested enum of the same name.
    return stock.getPoolingType() == org.deeplearning4j.nn.conf.layers.PoolingType.MAX
        && stock.getCnn2dDataFormat() == CNN2DFormat.NHWC
        && stock.getConvolutionMode() != ConvolutionMode.Same
        && Arrays.equals(stock.getKernelSize(), two)
        && Arrays.equals(stock.getStride(), two)
        && Arrays.equals(stock.getPadding(), new int[] {0, 0})
        && Arrays.equals(stock.getDilation(), new int[] {1, 1});
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parametersView,
      boolean initializeParameters,
      DataType dataType) {
    return LayerParameters.give(
        new NhwcMaxPoolingLayer(conf, dataType),
        conf,
        listeners,
        layerIndex,
        parametersView,
        initializeParameters);
  }

  @Override
  public NhwcMaxPooling clone() {
    return (NhwcMaxPooling) super.clone();
  }
}
