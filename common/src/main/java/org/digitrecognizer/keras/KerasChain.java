// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Puts the layers of a model's configuration into one row, from the input to the output. */
final class KerasChain {

  private KerasChain() {}

  /**
   * @param model what stands in {@code model_config}
   * @throws Unconvertible if it is no chain of layers
   */
  static List<LayerConfig> of(JsonNode model) {
    JsonNode config = model.path("config");
    // The oldest files of Keras 2 have the list of layers itself as their config.
    JsonNode layers = config.isArray() ? config : config.path("layers");
    if (!layers.isArray() || layers.isEmpty()) {
      throw new Unconvertible("its model_config lists no layers");
    }
    return switch (model.path("class_name").asText()) {
      case "Sequential" -> children(layers).map(LayerConfig::new).toList();
      case "Functional", "Model" -> functional(config, layers);
      default ->
          throw new Unconvertible(
              "it is a "
                  + model.path("class_name").asText()
                  + ", expected a Sequential or Functional model");
    };
  }

  private static List<LayerConfig> functional(JsonNode config, JsonNode layers) {
    Map<String, LayerConfig> byInput = new HashMap<>();
    LayerConfig next = null;
    for (JsonNode described : layers) {
      LayerConfig layer = new LayerConfig(described);
      List<String> inputs = inputs(described.path("inbound_nodes"));
      if (inputs.size() > 1) {
        throw layer.refused("it has several inputs or is used more than once; expected a chain");
      }
      if (inputs.isEmpty() && next != null) {
        throw layer.refused("the model has another input, '" + next.name() + "'; expected one");
      }
      if (inputs.isEmpty()) {
        next = layer;
      } else if (byInput.put(inputs.get(0), layer) != null) {
        throw layer.refused(
            "it is the second one after layer '" + inputs.get(0) + "'; expected a chain");
      }
    }
    List<LayerConfig> chain = new ArrayList<>();
    for (; next != null && chain.size() < layers.size(); next = byInput.get(next.name())) {
      chain.add(next);
    }
    requireWhole(config, layers, chain);
    return chain;
  }

  private static void requireWhole(JsonNode config, JsonNode layers, List<LayerConfig> chain) {
    String last = chain.isEmpty() ? "" : chain.get(chain.size() - 1).name();
    JsonNode outputs = config.path("output_layers");
    // One output is [name, 0, 0] or [[name, 0, 0]].
    JsonNode output = outputs.path(0).isArray() ? outputs.path(0).path(0) : outputs.path(0);
    boolean several = outputs.path(0).isArray() && outputs.size() > 1;
    if (chain.size() != layers.size() || several || !output.asText().equals(last)) {
      throw new Unconvertible("its layers are no chain from one input to one output");
    }
  }

  /** Returns the names of the layers before one, in the form of Keras 2 or that of Keras 3. */
  private static List<String> inputs(JsonNode nodes) {
    return children(nodes)
        .flatMap(
            node ->
                node.isArray()
                    ? children(node).map(input -> input.path(0).asText())
                    : node.findValues("keras_history").stream()
                        .map(history -> history.path(0).asText()))
        .toList();
  }

  private static Stream<JsonNode> children(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }
}
