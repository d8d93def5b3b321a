// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.onnx;

import java.util.List;
import org.digitrecognizer.model.LayerNumbers;

/** How precisely a graph computes. Layers ask it at the same points whatever it is. */
interface Precision {

  /** Floats throughout. */
  Precision FLOAT = new Precision() {};

  /** Follows what computes new values, and the input; returns what goes on in their place. */
  default String computed(OnnxGraph graph, String value) {
    return value;
  }

  /**
   * Follows what only chooses among values or puts them into another order.
   *
   * @param from those values
   * @return what goes on in their place
   */
  default String moved(OnnxGraph graph, String value, String from) {
    return value;
  }

  /**
   * Adds the numbers of a layer, one sum of products an output.
   *
   * @param value what comes in
   * @param shape of the weights; outputs come first
   * @return the names of what comes in, of the weights, and of the bias if there is one
   */
  default String[] inputs(
      OnnxGraph graph, String value, LayerNumbers.Affine numbers, long... shape) {
    String weights = graph.constant("weights", numbers.weights(), shape);
    return numbers.bias() == null
        ? new String[] {value, weights}
        : new String[] {value, weights, graph.constant("bias", numbers.bias(), shape[0])};
  }

  /** Returns the names of what the graph puts out besides, one number each. */
  default List<String> outputs() {
    return List.of();
  }
}
