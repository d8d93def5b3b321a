// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.DigitImage;
import org.nd4j.linalg.learning.config.AdaDelta;

/** The two JSON texts of a Keras file. */
final class KerasJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private KerasJson() {}

  /** Returns the architecture, in the words of Keras 2. */
  static String model(List<KerasLayer> layers) {
    List<Object> described = new ArrayList<>();
    described.add(input());
    for (KerasLayer layer : layers) {
      Map<String, Object> config = new LinkedHashMap<>();
      config.put("name", layer.name());
      config.put("trainable", true);
      config.put("dtype", "float32");
      config.putAll(layer.config());
      described.add(named(layer.kind(), config));
    }
    Map<String, Object> sequential = new LinkedHashMap<>();
    sequential.put("name", "sequential");
    sequential.put("layers", described);
    return text(named("Sequential", sequential));
  }

  /** A layer of its own: as a setting of the first convolution, Keras 3 would not find it. */
  private static Map<String, Object> input() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("batch_input_shape", Arrays.asList(null, DigitImage.HEIGHT, DigitImage.WIDTH, 1));
    config.put("dtype", "float32");
    config.put("sparse", false);
    config.put("ragged", false);
    config.put("name", "input_1");
    return named("InputLayer", config);
  }

  /**
   * Returns loss and optimizer; null where it was not Adadelta. What Keras has defaults for is said
   * all the same: those of Keras 3 are others than those of Keras 2.
   */
  static String training(MultiLayerNetwork network, double learningRate) {
    AdaDelta updater = updater(network);
    if (updater == null) {
      return null;
    }
    Map<String, Object> optimizer = new LinkedHashMap<>();
    optimizer.put("name", "Adadelta");
    optimizer.put("learning_rate", learningRate);
    optimizer.put("rho", updater.getRho());
    optimizer.put("epsilon", updater.getEpsilon());
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("loss", "categorical_crossentropy");
    training.put("metrics", List.of("accuracy"));
    training.put("weighted_metrics", null);
    training.put("loss_weights", null);
    training.put("optimizer_config", named("Adadelta", optimizer));
    return text(training);
  }

  private static AdaDelta updater(MultiLayerNetwork network) {
    for (NeuralNetConfiguration conf : network.getLayerWiseConfigurations().getConfs()) {
      if (conf.getLayer() instanceof BaseLayer layer
          && layer.getIUpdater() instanceof AdaDelta updater) {
        return updater;
      }
    }
    return null;
  }

  private static Map<String, Object> named(String kind, Map<String, Object> config) {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("class_name", kind);
    named.put("config", config);
    return named;
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
