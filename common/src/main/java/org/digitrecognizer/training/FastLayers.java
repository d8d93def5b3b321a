// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * Swaps stock layers for fast ones and back. The fast ones keep the same parameters in the same
 * order and the same fields in JSON, so that a swap only changes class names.
 */
public final class FastLayers {

  private static final String CLASS = "@class";
  private static final String DROPOUT = "idropout";

  private static final Map<Class<?>, Class<?>> FAST_TO_STOCK =
      Map.of(
          NhwcConvolution.class, ConvolutionLayer.class,
          NhwcMaxPooling.class, SubsamplingLayer.class,
          FastDense.class, DenseLayer.class,
          FastOutput.class, OutputLayer.class,
          FastNormalization.class, BatchNormalization.class,
          FastActivation.class, ActivationLayer.class,
          FastDropout.class, Dropout.class);

  private FastLayers() {}

  /**
   * Returns the same network with every layer for which there is a fast one replaced. Layers that
   * the fast ones cannot stand in for (NCHW, another stride) stay.
   *
   * @param network is not changed
   * @return a copy with its own parameters and updater state
   */
  public static MultiLayerNetwork speedUp(MultiLayerNetwork network) {
    return copy(network, speedUp(network.getLayerWiseConfigurations()));
  }

  /** Returns the same network with stock layers only, as any Deeplearning4j can load it. */
  public static MultiLayerNetwork toStock(MultiLayerNetwork network) {
    return copy(network, toStock(network.getLayerWiseConfigurations()));
  }

  /** Returns a copy of the configuration with the fast layers in it. */
  public static MultiLayerConfiguration speedUp(MultiLayerConfiguration configuration) {
    return swapped(configuration, FastLayers::fastClass);
  }

  /**
   * Returns the same network with Adadelta's step scaled, since the stock updater has no learning
   * rate.
   *
   * @param learningRate 1 is Zeiler's Adadelta
   */
  public static MultiLayerNetwork withLearningRate(MultiLayerNetwork network, double learningRate) {
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations().clone();
    setUpdaters(
        configuration,
        stock -> new ScaledAdaDelta(stock.getRho(), stock.getEpsilon(), learningRate));
    return copy(network, configuration);
  }

  /**
   * Returns the same network with another updater, whose state and count of minibatches start anew.
   *
   * @param updater of all layers
   */
  public static MultiLayerNetwork withUpdater(MultiLayerNetwork network, IUpdater updater) {
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations().clone();
    configuration.setIterationCount(0);
    for (NeuralNetConfiguration conf : configuration.getConfs()) {
      conf.setIterationCount(0);
      if (conf.getLayer() instanceof BaseLayer layer) {
        layer.setIUpdater(updater.clone());
        layer.setBiasUpdater(null);
      }
    }
    MultiLayerNetwork copy = new MultiLayerNetwork(configuration);
    copy.init(network.params().dup(), false);
    return copy;
  }

  private static void setUpdaters(
      MultiLayerConfiguration configuration, UnaryOperator<AdaDelta> change) {
    for (NeuralNetConfiguration conf : configuration.getConfs()) {
      if (conf.getLayer() instanceof BaseLayer layer) {
        if (layer.getIUpdater() instanceof AdaDelta updater) {
          layer.setIUpdater(change.apply(updater));
        }
        if (layer.getBiasUpdater() instanceof AdaDelta updater) {
          layer.setBiasUpdater(change.apply(updater));
        }
      }
    }
  }

  private static MultiLayerConfiguration toStock(MultiLayerConfiguration configuration) {
    MultiLayerConfiguration stock = stockLayers(configuration);
    setUpdaters(stock, updater -> new AdaDelta(updater.getRho(), updater.getEpsilon()));
    return stock;
  }

  private static MultiLayerConfiguration stockLayers(MultiLayerConfiguration configuration) {
    return swapped(
        configuration, conf -> FAST_TO_STOCK.getOrDefault(conf.getClass(), conf.getClass()));
  }

  private static Class<?> fastClass(Object conf) {
    if (conf.getClass() == ConvolutionLayer.class
        && NhwcConvolution.supports((ConvolutionLayer) conf)) {
      return NhwcConvolution.class;
    }
    if (conf.getClass() == SubsamplingLayer.class
        && NhwcMaxPooling.supports((SubsamplingLayer) conf)) {
      return NhwcMaxPooling.class;
    }
    if (conf.getClass() == DenseLayer.class && FastDense.supports((DenseLayer) conf)) {
      return FastDense.class;
    }
    if (conf.getClass() == OutputLayer.class && FastOutput.supports((OutputLayer) conf)) {
      return FastOutput.class;
    }
    if (conf.getClass() == BatchNormalization.class
        && FastNormalization.supports((BatchNormalization) conf)) {
      return FastNormalization.class;
    }
    if (conf.getClass() == ActivationLayer.class
        && FastActivation.supports((ActivationLayer) conf)) {
      return FastActivation.class;
    }
    return conf.getClass() == Dropout.class ? FastDropout.class : conf.getClass();
  }

  private interface Swap {
    Class<?> classFor(Object conf);
  }

  private static MultiLayerConfiguration swapped(MultiLayerConfiguration configuration, Swap swap) {
    MultiLayerConfiguration copy = configuration.clone();
    for (NeuralNetConfiguration conf : copy.getConfs()) {
      conf.setLayer(swapped(conf.getLayer(), swap));
    }
    return copy;
  }

  private static Layer swapped(Layer layer, Swap swap) {
    ObjectMapper mapper = NeuralNetConfiguration.mapper();
    ObjectNode json = mapper.valueToTree(layer);
    json.put(CLASS, swap.classFor(layer).getName());
    if (layer.getIDropout() != null) {
      ((ObjectNode) json.get(DROPOUT)).put(CLASS, swap.classFor(layer.getIDropout()).getName());
    }
    try {
      return mapper.treeToValue(json, Layer.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MultiLayerNetwork copy(
      MultiLayerNetwork network, MultiLayerConfiguration configuration) {
    MultiLayerNetwork copy = new MultiLayerNetwork(configuration);
    copy.init(network.params().dup(), false);
    Updater updater = network.getUpdater();
    INDArray state = updater == null ? null : updater.getStateViewArray();
    if (state != null) {
      copy.getUpdater().setStateViewArray(copy, state.dup(), false);
    }
    return copy;
  }
}
