// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer to be written.
 *
 * @param kind Keras' name of its class
 * @param name unique in the model
 * @param config its settings, without the name
 * @param weights in Keras' order; empty for most
 */
record KerasLayer(String kind, String name, Map<String, Object> config, List<Weights> weights) {

  /**
   * Numbers that were learned.
   *
   * @param name as Keras calls them, such as {@code kernel}
   * @param values in Keras' order of axes
   */
  record Weights(String name, INDArray values) {}
}
