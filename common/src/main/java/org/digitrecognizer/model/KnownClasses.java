// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The classes that the configuration of a digit network may name. All are plain settings without
 * code of their own.
 */
final class KnownClasses {

  private static final String CLASS = "@class";
  private static final Set<String> NAMES =
      Set.of(
          "org.deeplearning4j.nn.conf.layers.ActivationLayer",
          "org.deeplearning4j.nn.conf.layers.BatchNormalization",
          "org.deeplearning4j.nn.conf.layers.ConvolutionLayer",
          "org.deeplearning4j.nn.conf.layers.DenseLayer",
          "org.deeplearning4j.nn.conf.layers.DropoutLayer",
          "org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer",
          "org.deeplearning4j.nn.conf.layers.OutputLayer",
          "org.deeplearning4j.nn.conf.layers.SubsamplingLayer",
          "org.deeplearning4j.nn.conf.dropout.Dropout",
          "org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor",
          "org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor",
          "org.deeplearning4j.nn.conf.stepfunctions.NegativeGradientStepFunction",
          "org.deeplearning4j.nn.weights.WeightInitRelu",
          "org.deeplearning4j.nn.weights.WeightInitXavier",
          "org.deeplearning4j.nn.weights.WeightInitXavierUniform",
          "org.nd4j.linalg.activations.impl.ActivationELU",
          "org.nd4j.linalg.activations.impl.ActivationGELU",
          "org.nd4j.linalg.activations.impl.ActivationHardSigmoid",
          "org.nd4j.linalg.activations.impl.ActivationIdentity",
          "org.nd4j.linalg.activations.impl.ActivationLReLU",
          "org.nd4j.linalg.activations.impl.ActivationReLU",
          "org.nd4j.linalg.activations.impl.ActivationReLU6",
          "org.nd4j.linalg.activations.impl.ActivationSELU",
          "org.nd4j.linalg.activations.impl.ActivationSigmoid",
          "org.nd4j.linalg.activations.impl.ActivationSoftPlus",
          "org.nd4j.linalg.activations.impl.ActivationSoftSign",
          "org.nd4j.linalg.activations.impl.ActivationSoftmax",
          "org.nd4j.linalg.activations.impl.ActivationSwish",
          "org.nd4j.linalg.activations.impl.ActivationTanH",
          "org.nd4j.linalg.learning.config.AdaDelta",
          "org.nd4j.linalg.learning.config.Sgd",
          "org.nd4j.linalg.lossfunctions.impl.LossMCXENT");

  private KnownClasses() {}

  /** Returns the first class that the JSON names and that is not known, wherever in it. */
  static Optional<String> firstUnknown(JsonNode json) {
    return named(json).filter(name -> !NAMES.contains(name)).findFirst();
  }

  private static Stream<String> named(JsonNode json) {
    Stream<String> own = json.has(CLASS) ? Stream.of(json.get(CLASS).asText()) : Stream.empty();
    Stream<JsonNode> children =
        StreamSupport.stream(((Iterable<JsonNode>) json::elements).spliterator(), false);
    return Stream.concat(own, children.flatMap(KnownClasses::named));
  }
}
