// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.util.Arrays;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of the fast convolution: the fields of {@link ConvolutionLayer}, another
 * implementation. Its JSON differs from the stock layer's in the class name only, which is what
 * {@link FastLayers} relies on.
 */
public final class NhwcConvolution extends ConvolutionLayer {

  private static final long serialVersionUID = 1L;

  /** For JSON. */
  NhwcConvolution() {
    super(new ConvolutionLayer.Builder(1, 1));
  }

  /**
   * Returns whether the fast layer does all that this configuration asks for. The operation fails
   * for a dilation without padding.
   */
  static boolean supports(ConvolutionLayer stock) {
    return stock.getCnn2dDataFormat() == CNN2DFormat.NHWC
        && stock.hasBias()
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
        new NhwcConvolutionLayer(conf, dataType),
        conf,
        listeners,
        layerIndex,
        parametersView,
        initializeParameters);
  }

  @Override
  public NhwcConvolution clone() {
    return (NhwcConvolution) super.clone();
  }
}
