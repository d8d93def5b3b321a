// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What every layer configuration does to a layer it has just made. */
final class LayerParameters {

  private LayerParameters() {}

  /** Gives a new layer its place, its parameters and its listeners, and returns it. */
  static Layer give(
      Layer layer,
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parametersView,
      boolean initializeParameters) {
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(parametersView);
    layer.setParamTable(
        conf.getLayer().initializer().init(conf, parametersView, initializeParameters));
    layer.setConf(conf);
    return layer;
  }
}
