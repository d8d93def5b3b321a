// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.Loader;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.model.DigitNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.AdaDelta;

/** What is written is read by others: h5py with NumPy, and Deeplearning4j's own import. */
class KerasFileTest {

  private static final float CLOSE = 1e-5f;
  private static final INDArray IMAGES = Networks.images(9);

  @TempDir private Path directory;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("usual", Networks.usual()),
        Arguments.of("channels first", Networks.channelsFirst()),
        Arguments.of("various", Networks.various()),
        Arguments.of("pooled", Networks.pooled()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void numpyPredictsTheSameFromTheArraysInTheFile(String name, MultiLayerNetwork network)
      throws Exception {
    Python.require();
    float[] predicted = Python.predict(write(network), IMAGES, new ArrayList<>());
    assertThat(predicted).containsExactly(Networks.output(network, IMAGES), within(CLOSE));
  }

  @Test
  void theLayersAreThoseOfKerasExample() throws Exception {
    Python.require();
    List<String> layers = new ArrayList<>();
    Python.predict(write(Networks.usual()), IMAGES, layers);
    assertThat(layers)
        .containsExactly(
            "InputLayer",
            "Conv2D",
            "Conv2D",
            "MaxPooling2D",
            "Dropout",
            "Flatten",
            "Dense",
            "Dropout",
            "Dense");
  }

  @Test
  void theDigitsOfANetworkThatKnowsWhatIsNoneAreInTheFileWithoutBatchNormalisation()
      throws Exception {
    Python.require();
    MultiLayerNetwork network = Networks.scans();
    List<String> layers = new ArrayList<>();
    float[] predicted = Python.predict(write(network), IMAGES, layers);
    assertThat(predicted)
        .containsExactly(
            Networks.digitsOnly(Networks.output(network, IMAGES), DigitNetwork.OUTPUTS),
            within(CLOSE));
    assertThat(layers)
        .containsExactly(
            "InputLayer",
            "Conv2D",
            "Conv2D",
            "MaxPooling2D",
            "Conv2D",
            "Conv2D",
            "MaxPooling2D",
            "Flatten",
            "Dense",
            "Dropout",
            "Dense");
  }

  @Test
  void deeplearning4jImportsItTrainingOptionsIncluded() throws Exception {
    requireHdf5();
    MultiLayerNetwork network = Networks.usual();
    MultiLayerNetwork imported =
        KerasModelImport.importKerasSequentialModelAndWeights(write(network).toString(), true);
    assertThat(imported.output(IMAGES).dup('c').data().asFloat())
        .containsExactly(Networks.output(network, IMAGES), within(CLOSE));
    AdaDelta updater =
        (AdaDelta) ((DenseLayer) imported.getLayer(4).conf().getLayer()).getIUpdater();
    assertThat(updater.getRho()).isEqualTo(0.95);
    assertThat(updater.getEpsilon()).isEqualTo(1e-6);
  }

  @Test
  void whatKerasDoesNotHaveIsNamed() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nOut(4).activation(Activation.CUBE).build())
                .layer(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.feedForward(4))
                .build());
    network.init();
    assertThatThrownBy(() -> KerasFile.write(network, 1, OutputStream.nullOutputStream()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The network cannot be written for Keras: layer 1, DenseLayer: Keras 2 and 3 know no"
                + " common activation like cube");
  }

  private Path write(MultiLayerNetwork network) throws Exception {
    Path file = directory.resolve("model.h5");
    try (OutputStream out = Files.newOutputStream(file)) {
      KerasFile.write(network, 1, out);
    }
    return file;
  }

  private static void requireHdf5() {
    boolean loads;
    try {
      Loader.load(hdf5.class);
      loads = true;
    } catch (UnsatisfiedLinkError e) {
      loads = false;
    }
    assumeTrue(loads, "Skipped: there is no native HDF5 for this machine");
  }
}
