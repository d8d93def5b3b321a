// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.onnx;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
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

  /** Hendrycks and Gimpel 2016, "Gaussian Error Linear Units", section 2: x sigmoid(1.702 x). */
  private static final double GELU_SCALE = 1.702;

  private OnnxActivations() {}

  /**
   * Adds what computes an activation; empty if there is no such operator.
   *
   * @param axis along which a softmax adds up
   */
  static Optional<String> add(OnnxGraph graph, IActivation activation, String input, long axis) {
    String plain = PLAIN.get(activation.getClass());
    if (plain != null) {
      return Optional.of(graph.add(plain, Map.of(), input));
    }
    if (activation instanceof ActivationIdentity) {
      return Optional.of(input);
    }
    if (activation instanceof ActivationSoftmax) {
      return Optional.of(graph.add("Softmax", Map.of("axis", axis), input));
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
    if (activation instanceof ActivationGELU gelu && !gelu.isPrecise()) {
      String scaled = graph.add("Mul", Map.of(), input, number(graph, GELU_SCALE));
      return Optional.of(graph.add("Mul", Map.of(), input, graph.add("Sigmoid", Map.of(), scaled)));
    }
    if (activation instanceof ActivationReLU6) {
      return Optional.of(graph.add("Clip", Map.of(), input, number(graph, 0), number(graph, 6)));
    }
    if (activation instanceof ActivationReLU relu) {
      return Optional.of(rectified(graph, relu, input));
    }
    return Optional.empty();
  }

  /** Returns whether it is ReLU as such: what is below 0 becomes 0, and no more. */
  static boolean cutsOffOnly(IActivation activation) {
    return activation instanceof ActivationReLU relu
        && orZero(relu.getNegativeSlope()) == 0
        && orZero(relu.getThreshold()) == 0
        && relu.getMax() == null;
  }

  /** ReLU with any of a slope below the threshold, a threshold, and a greatest value. */
  private static String rectified(OnnxGraph graph, ActivationReLU relu, String input) {
    double slope = orZero(relu.getNegativeSlope());
    double threshold = orZero(relu.getThreshold());
    String output =
        slope == 0 && threshold == 0
            ? graph.add("Relu", Map.of(), input)
            : bent(graph, slope, threshold, input);
    return relu.getMax() == null
        ? output
        : graph.add("Min", Map.of(), output, number(graph, relu.getMax()));
  }

  /** The input itself from the threshold on, below it the slope times what it falls short by. */
  private static String bent(OnnxGraph graph, double slope, double threshold, String input) {
    String bend = number(graph, threshold);
    String distance = graph.add("Sub", Map.of(), input, bend);
    String below = graph.add("Mul", Map.of(), distance, number(graph, slope));
    return graph.add("Where", Map.of(), graph.add("Less", Map.of(), input, bend), below, input);
  }

  private static double orZero(Double value) {
    return value == null ? 0 : value;
  }

  private static String number(OnnxGraph graph, double value) {
    return graph.constant("number", FloatBuffer.wrap(new float[] {(float) value}));
  }
}
