// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of the fast dense layer: the fields of {@link DenseLayer}, another implementation.
 */
public final class FastDense extends DenseLayer {

  private static final long serialVersionUID = 1L;

  /** For JSON. */
  FastDense() {}

  /** Returns whether the fast layer does all that this configuration asks for. */
  static boolean supports(DenseLayer stock) {
    return stock.hasBias() && !stock.hasLayerNorm();
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
        new FastDenseLayer(conf, dataType),
        conf,
        listeners,
        layerIndex,
        parametersView,
        initializeParameters);
  }

  @Override
  public FastDense clone() {
    return (FastDense) super.clone();
  }
}
