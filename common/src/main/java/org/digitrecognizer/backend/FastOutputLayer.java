package org.digitrecognizer.backend;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An output layer by {@link MatrixProduct}. */
final class FastOutputLayer extends OutputLayer implements Freezable {

  private static final long serialVersionUID = 1L;

  private transient INDArray frozenWeights;

  FastOutputLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  protected Pair<INDArray, INDArray> preOutputWithPreNorm(
      boolean training, boolean forBackprop, LayerWorkspaceMgr workspaces) {
    assertInputSet(forBackprop);
    applyDropOutIfNecessary(training, workspaces);
    INDArray weights =
        frozenWeights != null && !training
            ? frozenWeights
            : getParamWithNoise(DefaultParamInitializer.WEIGHT_KEY, training, workspaces);
    INDArray bias = getParamWithNoise(DefaultParamInitializer.BIAS_KEY, training, workspaces);
    return new Pair<>(MatrixProduct.compute(input, weights, bias, workspaces), null);
  }

  @Override
  public void freeze() {
    frozenWeights = getParam(DefaultParamInitializer.WEIGHT_KEY).dup('c');
  }
}
