package org.digitrecognizer.backend;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A matrix product whose arrays stay where they are, so that what an operation needs to be told is
 * told once: for a small product that is more than half of its time. Of matrices, oneDNN makes the
 * product, and a row's result is the same wherever it stands; stacks of matrices would go to
 * OpenBLAS. For one thread.
 */
final class FixedProduct {

  private final CustomOp operation = DynamicCustomOp.builder("matmul").build();
  private final OpContext context = Nd4j.getExecutioner().buildContext();

  /**
   * @param left {@code [rows, inner]}, c order
   * @param right {@code [inner, columns]}, c order
   * @param product {@code [rows, columns]}, c order
   */
  FixedProduct(INDArray left, INDArray right, INDArray product) {
    context.setInputArrays(left, right);
    context.setOutputArrays(product);
  }

  /** Computes the product of what the matrices now hold. */
  void compute() {
    Nd4j.getExecutioner().exec(operation, context);
  }
}
