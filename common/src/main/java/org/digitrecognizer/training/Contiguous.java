// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
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

  /**
   * The memory of a contiguous float array.
   *
   * @param array float, c order, contiguous; must stay reachable as long as the buffer is used
   */
  static FloatBuffer floats(INDArray array) {
    FloatPointer pointer = new FloatPointer(array.data().addressPointer());
    return pointer.position(0).capacity(array.length()).asBuffer();
  }
}
