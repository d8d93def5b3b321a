// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of the fast batch normalisation: the fields of {@link BatchNormalization}, another
 * implementation.
 */
public final class FastNormalization extends BatchNormalization {

  private static final long serialVersionUID = 1L;

  /** For JSON. */
  FastNormalization() {}

  /** Returns whether the fast layer does all that this configuration asks for. */
  static boolean supports(BatchNormalization stock) {
    return stock.getCnn2DFormat() == CNN2DFormat.NHWC
        && stock.isMinibatch()
        && !stock.isUseLogStd()
        && !stock.isLockGammaBeta();
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
        new FastNormalizationLayer(conf, dataType),
        conf,
        listeners,
        layerIndex,
        parametersView,
        initializeParameters);
  }

  @Override
  public FastNormalization clone() {
    return (FastNormalization) super.clone();
  }
}
