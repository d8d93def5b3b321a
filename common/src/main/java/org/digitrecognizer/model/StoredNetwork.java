// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network as it is kept: the settings of its layers, and its numbers in plain Java. It needs none
 * of ND4J's native code before {@link #network} is called.
 */
public final class StoredNetwork {

  private final String name;
  private final MultiLayerConfiguration configuration;
  private final float[] parameters;
  private final float[] updaterState;

  /**
   * @param name of the file, for messages
   * @param updaterState null if there is none
   */
  StoredNetwork(
      String name,
      MultiLayerConfiguration configuration,
      float[] parameters,
      float[] updaterState) {
    this.name = name;
    this.configuration = configuration;
    this.parameters = parameters;
    this.updaterState = updaterState;
  }

  /** Copies a network, without its updater state. */
  public static StoredNetwork of(MultiLayerNetwork network) {
    return new StoredNetwork(
        "the network",
        network.getLayerWiseConfigurations().clone(),
        network.params().dup().data().asFloat(),
        null);
  }

  /** Returns one of the same name with other layers, and no updater state. */
  StoredNetwork with(MultiLayerConfiguration layers, float[] numbers) {
    return new StoredNetwork(name, layers, numbers, null);
  }

  /**
   * Returns this network with other parameters, and no updater state.
   *
   * @param numbers as many, in the same order
   */
  public StoredNetwork withParameters(float[] numbers) {
    if (numbers.length != parameters.length) {
      throw new IllegalArgumentException(
          "The layers have " + parameters.length + " parameters, not " + numbers.length);
    }
    return with(configuration, numbers);
  }

  /** Returns the settings of its layers; not to be changed. */
  public MultiLayerConfiguration configuration() {
    return configuration;
  }

  /**
   * Returns its parameters one after the other, layer by layer, each layer's in the order that
   * Deeplearning4j's initialiser of it has; not to be changed.
   */
  public float[] parameters() {
    return parameters;
  }

  /** Counts the parameters that a layer has, by its settings alone. */
  public static long parameterCount(NeuralNetConfiguration layer) {
    ParamInitializer initializer = layer.getLayer().initializer();
    return initializer == null ? 0 : initializer.numParams(layer);
  }

  /**
   * Makes a Deeplearning4j network of it, with its updater state if there is one.
   *
   * @throws org.digitrecognizer.failure.UserException if ND4J's native library does not run here,
   *     or the updater state is not of the length that the layers need
   */
  public MultiLayerNetwork network() {
    NativeLibrary.require();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
    network.init(Nd4j.createFromArray(parameters).reshape(1, parameters.length), false);
    if (updaterState != null) {
      Updater updater = network.getUpdater();
      INDArray view = updater.getStateViewArray();
      long needed = view == null ? 0 : view.length();
      if (needed != updaterState.length) {
        throw NetworkFile.refused(
            name,
            String.format(
                "its updater state holds %,d numbers, its layers need %,d",
                updaterState.length, needed));
      }
      if (needed > 0) {
        updater.setStateViewArray(
            network, Nd4j.createFromArray(updaterState).reshape(1, needed), false);
      }
    }
    return network;
  }
}
