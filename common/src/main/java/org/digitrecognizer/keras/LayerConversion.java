// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes Deeplearning4j's layers of Keras', each with its parameters. */
final class LayerConversion {

  private final KerasArchive archive;

  LayerConversion(KerasArchive archive) {
    this.archive = archive;
  }

  /**
   * A layer, in channels-last order.
   *
   * @param parameters by Deeplearning4j's names
   */
  record Converted(Layer conf, Map<String, INDArray> parameters) {}

  /**
   * @param input shape of what goes in, without the batch
   * @return null for a layer that does nothing
   * @throws Unconvertible if Deeplearning4j has none that computes the same
   */
  Converted of(LayerConfig layer, long[] input) {
    return switch (layer.kind()) {
      case "Conv2D", "Convolution2D" -> convolution(layer, input);
      case "Dense" -> dense(layer, input);
      case "MaxPooling2D" -> pooling(layer, input, SubsamplingLayer.PoolingType.MAX);
      case "AveragePooling2D" -> pooling(layer, input, SubsamplingLayer.PoolingType.AVG);
      case "GlobalMaxPooling2D" -> globalPooling(layer, input, PoolingType.MAX);
      case "GlobalAveragePooling2D" -> globalPooling(layer, input, PoolingType.AVG);
      case "BatchNormalization" -> normalization(layer, input);
      case "Dropout" -> dropout(layer);
      case "Activation", "Softmax", "ReLU", "LeakyReLU", "ELU" -> activation(layer, input);
      default ->
          throw layer.refused(
              "layers of this kind are not supported; expected Conv2D, Dense, MaxPooling2D,"
                  + " AveragePooling2D, GlobalMaxPooling2D, GlobalAveragePooling2D,"
                  + " BatchNormalization, Dropout, Flatten, Reshape, Activation, Softmax, ReLU,"
                  + " LeakyReLU or ELU");
    };
  }

  private Converted convolution(LayerConfig layer, long[] input) {
    requireMaps(layer, input);
    layer.require("groups", "1");
    int filters = layer.count("filters");
    int[] kernel = layer.pair("kernel_size", 1);
    int[] dilation = layer.pair("dilation_rate", 1);
    requireRoom(layer, input, kernel, dilation);
    boolean bias = layer.isTrue("use_bias", true);
    ConvolutionLayer conf =
        new ConvolutionLayer.Builder(kernel)
            .nOut(filters)
            .stride(layer.pair("strides", 1))
            .dilation(dilation)
            .convolutionMode(padding(layer))
            .dataFormat(CNN2DFormat.NHWC)
            .hasBias(bias)
            .activation(ImportedActivation.of(layer, input.length))
            .build();
    Weights weights = new Weights(layer);
    weights.put(DefaultParamInitializer.BIAS_KEY, "bias", bias, filters);
    INDArray values = weights.get("kernel", kernel[0], kernel[1], input[2], filters);
    weights.parameters.put(DefaultParamInitializer.WEIGHT_KEY, values.permute(3, 2, 0, 1));
    return new Converted(conf, weights.parameters);
  }

  private Converted dense(LayerConfig layer, long[] input) {
    requireRow(layer, input);
    int units = layer.count("units");
    boolean bias = layer.isTrue("use_bias", true);
    DenseLayer conf =
        new DenseLayer.Builder()
            .nOut(units)
            .hasBias(bias)
            .activation(ImportedActivation.of(layer, input.length))
            .build();
    Weights weights = new Weights(layer);
    weights.put(DefaultParamInitializer.WEIGHT_KEY, "kernel", true, input[0], units);
    weights.put(DefaultParamInitializer.BIAS_KEY, "bias", bias, units);
    return new Converted(conf, weights.parameters);
  }

  private static Converted pooling(
      LayerConfig layer, long[] input, SubsamplingLayer.PoolingType type) {
    requireMaps(layer, input);
    int[] size = layer.pair("pool_size", 2);
    requireRoom(layer, input, size, new int[] {1, 1});
    JsonNode strides = layer.get("strides");
    SubsamplingLayer conf =
        new SubsamplingLayer.Builder(type)
            .kernelSize(size)
            .stride(strides.isMissingNode() || strides.isNull() ? size : layer.pair("strides", 1))
            .convolutionMode(padding(layer))
            .dataFormat(CNN2DFormat.NHWC)
            .build();
    return new Converted(conf, Map.of());
  }

  private static Converted globalPooling(LayerConfig layer, long[] input, PoolingType type) {
    requireMaps(layer, input);
    layer.require("keepdims", "false");
    return new Converted(new GlobalPoolingLayer.Builder(type).build(), Map.of());
  }

  private Converted normalization(LayerConfig layer, long[] input) {
    JsonNode axis = layer.get("axis").isArray() ? layer.get("axis").path(0) : layer.get("axis");
    if (axis.asInt(-1) != -1 && axis.asInt() != input.length) {
      throw layer.refused("axis is " + axis + ", expected the last");
    }
    BatchNormalization conf =
        new BatchNormalization.Builder()
            .eps(layer.number("epsilon", 1e-3))
            .decay(layer.number("momentum", 0.99))
            .useLogStd(false)
            .dataFormat(CNN2DFormat.NHWC)
            .build();
    long channels = input[input.length - 1];
    Weights weights = new Weights(layer);
    boolean scale = layer.isTrue("scale", true);
    boolean center = layer.isTrue("center", true);
    weights.put(BatchNormalizationParamInitializer.GAMMA, "gamma", scale, channels);
    weights.put(BatchNormalizationParamInitializer.BETA, "beta", center, channels);
    weights.put(BatchNormalizationParamInitializer.GLOBAL_MEAN, "moving_mean", true, channels);
    weights.put(BatchNormalizationParamInitializer.GLOBAL_VAR, "moving_variance", true, channels);
    return new Converted(conf, weights.parameters);
  }

  private static Converted dropout(LayerConfig layer) {
    double rate = layer.number("rate", 0);
    if (rate < 0 || rate >= 1) {
      throw layer.refused("rate is " + rate + ", expected 0 to less than 1");
    }
    return rate == 0 ? null : new Converted(new DropoutLayer.Builder(1 - rate).build(), Map.of());
  }

  private static Converted activation(LayerConfig layer, long[] input) {
    IActivation function = ImportedActivation.of(layer, input.length);
    if (function instanceof ActivationSoftmax) {
      requireRow(layer, input);
    }
    return new Converted(new ActivationLayer.Builder(function).build(), Map.of());
  }

  private static ConvolutionMode padding(LayerConfig layer) {
    return switch (layer.get("padding").asText("valid")) {
      case "valid" -> ConvolutionMode.Truncate;
      case "same" -> ConvolutionMode.Same;
      default ->
          throw layer.refused("padding is " + layer.get("padding") + ", expected valid or same");
    };
  }

  private static void requireRoom(LayerConfig layer, long[] input, int[] window, int[] dilation) {
    for (int axis = 0; axis < 2; axis++) {
      long size = (window[axis] - 1L) * dilation[axis] + 1;
      if (padding(layer) != ConvolutionMode.Same && size > input[axis]) {
        throw layer.refused(
            "its window is larger than its input, which is " + Arrays.toString(input));
      }
    }
  }

  private static void requireMaps(LayerConfig layer, long[] input) {
    layer.require("data_format", "channels_last");
    if (input.length != 3) {
      throw layer.refused(
          "its input is " + Arrays.toString(input) + ", expected rows, columns and channels");
    }
  }

  private static void requireRow(LayerConfig layer, long[] input) {
    if (input.length != 1) {
      throw layer.refused(
          "its input is " + Arrays.toString(input) + ", expected one row; add a Flatten before it");
    }
  }

  /** The arrays of a layer, checked. */
  private final class Weights {
    private final LayerConfig layer;
    private final Map<String, INDArray> stored;
    private final Map<String, INDArray> parameters = new LinkedHashMap<>();

    Weights(LayerConfig layer) {
      this.layer = layer;
      this.stored = archive.weights(layer);
    }

    void put(String parameter, String name, boolean expected, long... shape) {
      if (expected) {
        parameters.put(parameter, get(name, shape));
      }
    }

    INDArray get(String name, long... shape) {
      INDArray values = stored.get(name);
      if (values == null) {
        throw layer.refused("its array '" + name + "' is missing");
      }
      if (!Arrays.equals(values.shape(), shape)) {
        throw layer.refused(
            String.format(
                "its array '%s' is %s, expected %s",
                name, Arrays.toString(values.shape()), Arrays.toString(shape)));
      }
      return values;
    }
  }
}
