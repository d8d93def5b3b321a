package org.digitrecognizer.onnx;

import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
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
import org.nd4j.linalg.factory.Nd4j;

/** The operators that compute the activations of Deeplearning4j. */
final class OnnxActivations {

  private static final Map<Class<? extends IActivation>, String> PLAIN =
      Map.of(
          ActivationSELU.class, "Selu",
          ActivationSigmoid.class, "Sigmoid",
          ActivationSoftPlus.class, "Softplus",
          ActivationSoftSign.class, "Softsign",
          ActivationTanH.class, "Tanh",
          // 0.2 x + 0.5, cut off at 0 and 1, in both.
          ActivationHardSigmoid.class, "HardSigmoid");

  private OnnxActivations() {}

  /** Adds what computes an activation; empty if there is no such operator. */
  static Optional<String> add(OnnxGraph graph, IActivation activation, String input) {
    String plain = PLAIN.get(activation.getClass());
    if (plain != null) {
      return Optional.of(graph.add(plain, Map.of(), input));
    }
    if (activation instanceof ActivationIdentity) {
      return Optional.of(input);
    }
    if (activation.equals(new ActivationReLU())) {
      return Optional.of(graph.add("Relu", Map.of(), input));
    }
    if (activation instanceof ActivationSoftmax) {
      return Optional.of(graph.add("Softmax", Map.of("axis", -1L), input));
    }
    if (activation instanceof ActivationLReLU leaky) {
      return Optional.of(graph.add("LeakyRelu", Map.of("alpha", (float) leaky.getAlpha()), input));
    }
    if (activation instanceof ActivationELU elu) {
      return Optional.of(graph.add("Elu", Map.of("alpha", (float) elu.getAlpha()), input));
    }
    if (activation instanceof ActivationSwish) {
      return Optional.of(graph.add("Mul", Map.of(), input, graph.add("Sigmoid", Map.of(), input)));
    }
    if (activation instanceof ActivationReLU6) {
      String low = graph.constant("low", Nd4j.scalar(0f));
      String high = graph.constant("high", Nd4j.scalar(6f));
      return Optional.of(graph.add("Clip", Map.of(), input, low, high));
    }
    return Optional.empty();
  }
}
