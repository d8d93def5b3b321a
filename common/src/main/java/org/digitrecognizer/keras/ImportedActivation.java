// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import com.fasterxml.jackson.databind.JsonNode;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** Finds the activation of a layer, be it a setting or the layer itself. */
final class ImportedActivation {

  private static final double KERAS_LEAK = 0.3;
  private static final double SIX = 6;

  private ImportedActivation() {}

  /**
   * @param rank of the layer's input, without the batch
   * @throws Unconvertible if Deeplearning4j has no such function
   */
  static IActivation of(LayerConfig layer, int rank) {
    return switch (layer.kind()) {
      case "ReLU" -> relu(layer);
      case "LeakyReLU" ->
          new ActivationLReLU(layer.number("negative_slope", layer.number("alpha", KERAS_LEAK)));
      case "ELU" -> new ActivationELU(layer.number("alpha", 1));
      case "Softmax" -> softmax(layer, rank);
      default -> named(layer);
    };
  }

  private static IActivation relu(LayerConfig layer) {
    double slope = layer.number("negative_slope", 0);
    double max = layer.number("max_value", Double.POSITIVE_INFINITY);
    if (layer.number("threshold", 0) == 0) {
      if (Double.isInfinite(max)) {
        return slope == 0 ? new ActivationReLU() : new ActivationLReLU(slope);
      }
      if (max == SIX && slope == 0) {
        return new ActivationReLU6();
      }
    }
    throw layer.refused(
        "expected max_value none or 6, and no negative_slope with it, and no threshold");
  }

  private static IActivation softmax(LayerConfig layer, int rank) {
    JsonNode axis = layer.get("axis").isArray() ? layer.get("axis").path(0) : layer.get("axis");
    if (axis.asInt(-1) != -1 && axis.asInt() != rank) {
      throw layer.refused("axis is " + axis + ", expected the last");
    }
    return new ActivationSoftmax();
  }

  private static IActivation named(LayerConfig layer) {
    JsonNode activation = layer.get("activation");
    if (activation.isNull() || activation.isMissingNode()) {
      return new ActivationIdentity();
    }
    return KerasActivations.named(activation.asText())
        .orElseThrow(() -> layer.refused("its activation " + activation + " is not supported"));
  }
}
