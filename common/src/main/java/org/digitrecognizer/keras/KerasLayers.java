// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.keras.KerasLayer.Weights;
import org.nd4j.linalg.activations.IActivation;

/** Translates the layers of a network for Keras, first to last. */
final class KerasLayers {

  private final List<KerasLayer> layers = new ArrayList<>();
  private final Map<String, Integer> names = new HashMap<>();
  private String current = "";

  private KerasLayers() {}

  /**
   * Returns what Keras needs for the same network, without the input.
   *
   * @throws UserException if a layer has no counterpart in Keras
   */
  static List<KerasLayer> of(MultiLayerNetwork network) {
    KerasLayers translated = new KerasLayers();
    for (int i = 0; i < network.getnLayers(); i++) {
      translated.add(
          network.getLayer(i), network.getLayerWiseConfigurations().getInputPreProcess(i), i);
    }
    return translated.layers;
  }

  private void add(Layer layer, InputPreProcessor before, int index) {
    org.deeplearning4j.nn.conf.layers.Layer conf = layer.conf().getLayer();
    current = "layer " + (index + 1) + ", " + conf.getClass().getSimpleName();
    CnnToFeedForwardPreProcessor flattening = flattening(before);
    if (flattening != null) {
      add("Flatten", Map.of("data_format", "channels_last"));
    }
    addDropout(conf.getIDropout());
    if (conf instanceof ConvolutionLayer convolution) {
      addConvolution(convolution, layer);
    } else if (conf instanceof DenseLayer dense) {
      addDense(dense, dense.hasBias(), layer, flattening);
    } else if (conf instanceof BaseOutputLayer output) {
      addDense(output, output.hasBias(), layer, flattening);
    } else if (conf instanceof SubsamplingLayer pooling) {
      addPooling(pooling);
    } else if (conf instanceof GlobalPoolingLayer pooling) {
      add(
          "Global" + pooling(pooling.getPoolingType()) + "Pooling2D",
          Map.of("data_format", "channels_last"));
    } else if (conf instanceof BatchNormalization normalization) {
      addNormalization(normalization, layer);
    } else if (conf instanceof ActivationLayer activation) {
      addActivation(activation.getActivationFn());
    } else if (!(conf instanceof DropoutLayer)) {
      throw unknown("it has no counterpart");
    }
  }

  private CnnToFeedForwardPreProcessor flattening(InputPreProcessor before) {
    if (before == null || before instanceof CnnToFeedForwardPreProcessor) {
      return (CnnToFeedForwardPreProcessor) before;
    }
    throw unknown(
        "what comes before it, " + before.getClass().getSimpleName() + ", has no counterpart");
  }

  private void addDropout(IDropout dropout) {
    if (dropout instanceof Dropout keeping) {
      add("Dropout", Map.of("rate", 1 - keeping.getP()));
    } else if (dropout != null) {
      throw unknown("its dropout has no counterpart");
    }
  }

  private void addConvolution(ConvolutionLayer conf, Layer layer) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("filters", conf.getNOut());
    config.put("kernel_size", conf.getKernelSize());
    config.put("strides", conf.getStride());
    config.put("padding", padding(conf.getConvolutionMode(), conf.getPadding()));
    config.put("data_format", "channels_last");
    config.put("dilation_rate", conf.getDilation());
    config.put("groups", 1);
    addWithActivation("Conv2D", config, conf, conf.hasBias(), KerasWeights.convolution(layer));
  }

  private void addDense(
      FeedForwardLayer conf, boolean bias, Layer layer, CnnToFeedForwardPreProcessor flattening) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("units", conf.getNOut());
    addWithActivation("Dense", config, conf, bias, KerasWeights.dense(layer, flattening));
  }

  private void addWithActivation(
      String kind,
      Map<String, Object> config,
      FeedForwardLayer conf,
      boolean bias,
      List<Weights> weights) {
    String activation = KerasActivations.name(conf.getActivationFn()).orElse(null);
    config.put("activation", activation == null ? "linear" : activation);
    config.put("use_bias", bias);
    config.put("kernel_initializer", initializer("GlorotUniform"));
    config.put("bias_initializer", initializer("Zeros"));
    add(kind, config, weights);
    if (activation == null) {
      addActivation(conf.getActivationFn());
    }
  }

  /** Of no use to a network that is trained, but Deeplearning4j's import asks for it. */
  private static Map<String, Object> initializer(String kind) {
    return Map.of("class_name", kind, "config", Map.of());
  }

  private void addActivation(IActivation activation) {
    String name = KerasActivations.name(activation).orElse(null);
    if (name != null) {
      add("Activation", Map.of("activation", name));
      return;
    }
    KerasActivations.Layer layer =
        KerasActivations.layer(activation)
            .orElseThrow(
                () -> unknown("Keras 2 and 3 know no common activation like " + activation));
    add(layer.kind(), layer.config());
  }

  private void addPooling(SubsamplingLayer conf) {
    if (!Arrays.equals(conf.getDilation(), new int[] {1, 1})
        || conf.isAvgPoolIncludePadInDivisor()) {
      throw unknown("Keras pools without dilation, and without the padding");
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("pool_size", conf.getKernelSize());
    config.put("strides", conf.getStride());
    config.put("padding", padding(conf.getConvolutionMode(), conf.getPadding()));
    config.put("data_format", "channels_last");
    add(pooling(conf.getPoolingType()) + "Pooling2D", config);
  }

  private String pooling(PoolingType type) {
    return switch (type) {
      case MAX -> "Max";
      case AVG -> "Average";
      default -> throw unknown("Keras has no pooling of the type " + type);
    };
  }

  private void addNormalization(BatchNormalization conf, Layer layer) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("axis", -1);
    config.put("momentum", conf.getDecay());
    config.put("epsilon", conf.getEps());
    config.put("center", true);
    config.put("scale", true);
    add("BatchNormalization", config, KerasWeights.normalization(conf, layer));
  }

  private String padding(ConvolutionMode mode, int[] padding) {
    if (mode == ConvolutionMode.Same) {
      return "same";
    }
    if (mode == ConvolutionMode.Causal || Arrays.stream(padding).anyMatch(size -> size != 0)) {
      throw unknown("Keras knows no padding like its own");
    }
    return "valid";
  }

  private void add(String kind, Map<String, Object> config) {
    add(kind, config, List.of());
  }

  private void add(String kind, Map<String, Object> config, List<Weights> weights) {
    String base = kind.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    int count = names.merge(base, 1, Integer::sum);
    layers.add(new KerasLayer(kind, count == 1 ? base : base + "_" + (count - 1), config, weights));
  }

  private UserException unknown(String why) {
    return new UserException("The network cannot be written for Keras: " + current + ": " + why);
  }
}
