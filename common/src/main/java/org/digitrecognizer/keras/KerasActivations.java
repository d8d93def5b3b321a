// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * Activations that are the same function in Deeplearning4j, Keras 2 and Keras 3. Not among them:
 * hard sigmoid, which Keras 3 defines anew, and GELU, which Deeplearning4j has as an approximation
 * only.
 */
final class KerasActivations {

  private static final Map<String, IActivation> BY_NAME = new HashMap<>();
  private static final Map<IActivation, String> NAMES = new HashMap<>();

  static {
    known("linear", new ActivationIdentity());
    known("relu", new ActivationReLU());
    known("softmax", new ActivationSoftmax());
    known("tanh", new ActivationTanH());
    known("sigmoid", new ActivationSigmoid());
    known("elu", new ActivationELU(1));
    known("selu", new ActivationSELU());
    known("softplus", new ActivationSoftPlus());
    known("softsign", new ActivationSoftSign());
    known("swish", new ActivationSwish());
    BY_NAME.put("silu", new ActivationSwish());
    BY_NAME.put("relu6", new ActivationReLU6());
    BY_NAME.put("leaky_relu", new ActivationLReLU(0.2));
  }

  private KerasActivations() {}

  /**
   * An activation that is a layer of its own.
   *
   * @param kind Keras' name of its class
   * @param config its settings
   */
  record Layer(String kind, Map<String, Object> config) {}

  private static void known(String name, IActivation activation) {
    BY_NAME.put(name, activation);
    NAMES.put(activation, name);
  }

  /** Returns the activation that both Keras 2 and 3 know by this name. */
  static Optional<IActivation> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Returns what both Keras 2 and 3 call an activation; empty if it has no name there. */
  static Optional<String> name(IActivation activation) {
    return Optional.ofNullable(NAMES.get(activation));
  }

  /** Returns the layer that Keras has for an activation; empty if there is none. */
  static Optional<Layer> layer(IActivation activation) {
    if (activation instanceof ActivationLReLU leaky) {
      return Optional.of(new Layer("LeakyReLU", Map.of("alpha", leaky.getAlpha())));
    }
    if (activation instanceof ActivationELU elu) {
      return Optional.of(new Layer("ELU", Map.of("alpha", elu.getAlpha())));
    }
    if (activation instanceof ActivationReLU6) {
      return Optional.of(relu(6.0, 0.0, 0.0));
    }
    if (activation instanceof ActivationReLU relu) {
      return Optional.of(relu(relu.getMax(), relu.getNegativeSlope(), relu.getThreshold()));
    }
    return Optional.empty();
  }

  private static Layer relu(Double max, Double negativeSlope, Double threshold) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("max_value", max);
    config.put("negative_slope", negativeSlope == null ? 0 : negativeSlope);
    config.put("threshold", threshold == null ? 0 : threshold);
    return new Layer("ReLU", config);
  }
}
