// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of the fast output layer: the fields of {@link OutputLayer}, another
 * implementation.
 */
public final class FastOutput extends OutputLayer {

  private static final long serialVersionUID = 1L;

  /** For JSON. */
  FastOutput() {}

  /** Returns whether the fast layer does all that this configuration asks for. */
  static boolean supports(OutputLayer stock) {
    return stock.hasBias();
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
        new FastOutputLayer(conf, dataType),
        conf,
        listeners,
        layerIndex,
        parametersView,
        initializeParameters);
  }

  @Override
  public FastOutput clone() {
    return (FastOutput) super.clone();
  }
}
