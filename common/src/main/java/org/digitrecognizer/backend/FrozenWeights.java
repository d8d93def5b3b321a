package org.digitrecognizer.backend;

import java.io.Serializable;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A copy of a layer's weights in the order that {@link MatrixProduct} reads best, once they are
 * final.
 */
final class FrozenWeights implements Serializable {

  private static final long serialVersionUID = 1L;

  private transient INDArray copy;

  /**
   * @param weights {@code [in, out]}
   */
  void take(INDArray weights) {
    copy = weights.dup('c');
  }

  /** Returns the copy, or in training, and before there is one, the weights themselves. */
  INDArray orElse(boolean training, Supplier<INDArray> current) {
    return copy != null && !training ? copy : current.get();
  }
}
