// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of the fast ReLU: the fields of {@link ActivationLayer}, another implementation.
 */
public final class FastActivation extends ActivationLayer {

  private static final long serialVersionUID = 1L;

  /** For JSON. */
  FastActivation() {}

  /** Returns whether the fast layer does all that this configuration asks for. */
  static boolean supports(ActivationLayer stock) {
    return stock.getActivationFn() instanceof ActivationReLU relu && isPlain(relu);
  }

  /** Returns whether it has no greatest value, no threshold, and no slope below 0. */
  static boolean isPlain(ActivationReLU relu) {
    return relu.getMax() == null && relu.getThreshold() == null && relu.getNegativeSlope() == null;
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
        new FastActivationLayer(conf, dataType),
        conf,
        listeners,
        layerIndex,
        parametersView,
        initializeParameters);
  }

  @Override
  public FastActivation clone() {
    return (FastActivation) super.clone();
  }
}
