// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Input × weights + bias by oneDNN. */
final class MatrixProduct {

  private MatrixProduct() {}

  /**
   * @param input {@code [batch, in]}
   * @param weights {@code [in, out]}
   * @param bias {@code [1, out]}, or null
   * @return {@code [batch, out]}, c order
   */
  static INDArray compute(
      INDArray input, INDArray weights, INDArray bias, LayerWorkspaceMgr workspaces) {
    INDArray product =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            weights.dataType(),
            new long[] {input.size(0), weights.size(1)},
            'c');
    DynamicCustomOp.DynamicCustomOpsBuilder operation =
        DynamicCustomOp.builder("matmul").addOutputs(product);
    if (weights.ordering() == 'f') {
      operation.addInputs(Contiguous.of(input), weights.transpose()).addIntegerArguments(0, 1, 0);
    } else {
      operation.addInputs(Contiguous.of(input), weights);
    }
    Nd4j.exec(operation.build());
    return bias == null ? product : product.addiRowVector(bias);
  }
}
