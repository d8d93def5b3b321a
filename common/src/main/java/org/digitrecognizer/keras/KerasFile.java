// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.keras.KerasLayer.Weights;
import org.digitrecognizer.model.FoldedNetwork;
import org.digitrecognizer.model.StoredNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes a network as a whole Keras model: architecture, weights, and how it was trained. {@code
 * keras.models.load_model} of Keras 2 and 3 opens it and predicts the same. Its input is {@code
 * [batch, 28, 28, 1]}, 0 = paper, 1 = ink; its output {@code [batch, 10]}, the probabilities of the
 * digits, not calibrated.
 */
public final class KerasFile {

  private static final String KERAS_VERSION = "2.15.0";
  private static final String BACKEND = "tensorflow";

  private KerasFile() {}

  /**
   * Writes a network. Its updater's state stays behind, and so does what says that an image is not
   * one digit; batch normalisation is folded into the layers before it.
   *
   * @param network a digit network, of stock or fast layers
   * @param learningRate what Adadelta's step was multiplied by in training
   * @param out is not closed
   * @throws org.digitrecognizer.failure.UserException if a layer has no counterpart in Keras
   */
  public static void write(MultiLayerNetwork network, double learningRate, OutputStream out)
      throws IOException {
    StoredNetwork read = FoldedNetwork.digitsOnly(FoldedNetwork.of(StoredNetwork.of(network)));
    List<KerasLayer> layers = KerasLayers.of(read.network());
    // The library writes to local files only.
    Path file = Files.createTempFile("keras", ".h5");
    try {
      write(layers, KerasJson.training(network, learningRate), file);
      Files.copy(file, out);
    } finally {
      Files.delete(file);
    }
  }

  private static void write(List<KerasLayer> layers, String training, Path file) {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("keras_version", KERAS_VERSION);
      hdf.putAttribute("backend", BACKEND);
      hdf.putAttribute("model_config", KerasJson.model(layers));
      if (training != null) {
        hdf.putAttribute("training_config", training);
      }
      WritableGroup weights = hdf.putGroup("model_weights");
      weights.putAttribute("keras_version", KERAS_VERSION);
      weights.putAttribute("backend", BACKEND);
      weights.putAttribute(
          "layer_names", layers.stream().map(KerasLayer::name).toArray(String[]::new));
      layers.forEach(layer -> writeWeights(layer, weights.putGroup(layer.name())));
    }
  }

  private static void writeWeights(KerasLayer layer, WritableGroup group) {
    if (layer.weights().isEmpty()) {
      // Keras writes an empty array, which the library cannot; this reads as one.
      group.putAttribute("weight_names", "");
      return;
    }
    String[] names =
        layer.weights().stream()
            .map(weights -> layer.name() + "/" + weights.name() + ":0")
            .toArray(String[]::new);
    group.putAttribute("weight_names", names);
    WritableGroup inner = group.putGroup(layer.name());
    for (Weights weights : layer.weights()) {
      inner.putDataset(weights.name() + ":0", nested(weights.values()));
    }
  }

  private static Object nested(INDArray values) {
    int[] shape = Arrays.stream(values.shape()).mapToInt(Math::toIntExact).toArray();
    return nested(FloatBuffer.wrap(values.dup('c').data().asFloat()), shape);
  }

  /** Takes as many numbers as the shape holds, and returns an array, or one of arrays of them. */
  private static Object nested(FloatBuffer values, int[] shape) {
    Object array = Array.newInstance(float.class, shape);
    if (shape.length == 1) {
      values.get((float[]) array);
      return array;
    }
    int[] inner = Arrays.copyOfRange(shape, 1, shape.length);
    for (int i = 0; i < shape[0]; i++) {
      Array.set(array, i, nested(values, inner));
    }
    return array;
  }
}
