// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.nio.FloatBuffer;
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
    if (bias != null) {
      addToRows(product, bias.toFloatVector());
    }
    return product;
  }

  /**
   * Adds to each row. ND4J's own operation hands native code an array of dimensions that nothing
   * holds on to: a collection of garbage in that moment ends the process
   * (deeplearning4j/deeplearning4j, issue 9278).
   */
  private static void addToRows(INDArray product, float[] bias) {
    FloatBuffer values = Contiguous.floats(product);
    float[] row = new float[bias.length];
    for (int start = 0; start < values.capacity(); start += row.length) {
      values.position(start).get(row);
      for (int i = 0; i < row.length; i++) {
        row[i] += bias[i];
      }
      values.position(start).put(row);
    }
  }
}
