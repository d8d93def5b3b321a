// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.feedforward.dense.DenseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dense layer by {@link MatrixProduct}. Backwards it does not compute the forward pass again
 * where ReLU lets it.
 */
final class FastDenseLayer extends DenseLayer {

  private static final long serialVersionUID = 1L;

  /** The output of the last forward pass in training, which ReLU works on in place. */
  private transient INDArray kept;

  FastDenseLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  protected Pair<INDArray, INDArray> preOutputWithPreNorm(
      boolean training, boolean forBackprop, LayerWorkspaceMgr workspaces) {
    // The derivative of ReLU is the same before and after it.
    if (forBackprop && kept != null && layerConf().getActivationFn() instanceof ActivationReLU) {
      Pair<INDArray, INDArray> result = new Pair<>(kept, null);
      kept = null;
      return result;
    }
    assertInputSet(forBackprop);
    applyDropOutIfNecessary(training, workspaces);
    INDArray weights = getParamWithNoise(DefaultParamInitializer.WEIGHT_KEY, training, workspaces);
    INDArray bias = getParamWithNoise(DefaultParamInitializer.BIAS_KEY, training, workspaces);
    INDArray output = MatrixProduct.compute(input, weights, bias, workspaces);
    kept = training && !forBackprop ? output : null;
    return new Pair<>(output, null);
  }
}
