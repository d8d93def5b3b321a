package org.digitrecognizer.backend;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/** What native operations and plain loops need: c order, no gaps. */
final class Contiguous {

  private Contiguous() {}

  /** Returns the array itself if it is contiguous in c order, else a copy that is. */
  static INDArray of(INDArray array) {
    return array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array)
        ? array
        : array.dup('c');
  }
}
