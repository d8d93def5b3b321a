// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.factory.Nd4j;

/** ReLU of any shape, without a branch at every element. */
final class FastActivationLayer extends ActivationLayer {

  private static final long serialVersionUID = 1L;

  /** The last output in training, which has the same derivative as the input. */
  private transient INDArray kept;

  FastActivationLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    if (!training || dataType != DataType.FLOAT) {
      kept = null;
      return super.activate(training, workspaces);
    }
    assertInputSet(false);
    INDArray output =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, input.shape(), 'c');
    Nd4j.getExecutioner().exec(new RectifiedLinear(Contiguous.of(input), output));
    kept = output;
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (kept == null) {
      return super.backpropGradient(epsilon, workspaces);
    }
    INDArray gradient = workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon, 'c');
    FloatBits.zeroWhereNotPositive(kept, gradient);
    kept = null;
    return new Pair<>(new DefaultGradient(), gradient);
  }
}
