// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.keras.Networks;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.StoredNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
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
import org.nd4j.linalg.api.ndarray.INDArray;

/** The oracle is ONNX Runtime. */
class OnnxFileTest {

  private static final float CLOSE = 1e-5f;

  /** There is one in a JVM: the same as that of the readers, which ask for as little output. */
  private static final OrtEnvironment ENVIRONMENT =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "digits");

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("usual", Networks.usual()),
        Arguments.of("channels first", Networks.channelsFirst()),
        Arguments.of("various", Networks.various()),
        Arguments.of("pooled", Networks.pooled()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void onnxRuntimeSaysTheSameOfBatchesOfAnySize(String name, MultiLayerNetwork network)
      throws Exception {
    try (OrtSession session = session(network)) {
      for (int images : new int[] {1, 7}) {
        INDArray input = Networks.images(images);
        assertThat(run(session, input))
            .containsExactly(Networks.output(network, input), within(CLOSE));
      }
    }
  }

  /** All that a model may have, at values below, between and above where they bend. */
  static Stream<IActivation> activations() {
    return Stream.of(
        new ActivationReLU(),
        new ActivationReLU(0.5, null, null),
        new ActivationReLU(null, null, 0.1),
        new ActivationReLU(0.6, 0.25, 0.2),
        new ActivationReLU(null, 0.25, null),
        new ActivationReLU6(),
        new ActivationELU(),
        new ActivationGELU(),
        new ActivationHardSigmoid(),
        new ActivationIdentity(),
        new ActivationLReLU(0.3),
        new ActivationSELU(),
        new ActivationSigmoid(),
        new ActivationSoftPlus(),
        new ActivationSoftSign(),
        new ActivationSoftmax(),
        new ActivationSwish(),
        new ActivationTanH());
  }

  @ParameterizedTest
  @MethodSource("activations")
  void everyActivationIsTheSameFunction(IActivation activation) throws Exception {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(2)
                .list()
                .layer(new ConvolutionLayer.Builder(5, 5).nOut(3).activation(activation).build())
                .layer(new DenseLayer.Builder().nOut(6).activation(activation).build())
                .layer(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutional(28, 28, 1, CNN2DFormat.NHWC))
                .build());
    network.init();
    try (OrtSession session = session(network)) {
      INDArray input = Networks.images(3);
      assertThat(run(session, input))
          .containsExactly(Networks.output(network, input), within(CLOSE));
    }
  }

  /** A network of 784 numbers may begin with what makes rows and columns of them. */
  @Test
  void whatMakesAnImageOfARowIsNotNeeded() throws Exception {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(2)
                .list()
                .layer(new ConvolutionLayer.Builder(5, 5).nOut(3).build())
                .layer(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutionalFlat(28, 28, 1))
                .build());
    network.init();
    INDArray images = Networks.images(2);
    try (OrtSession session = session(network)) {
      float[] expected = network.output(images.reshape(2, 784)).dup('c').data().asFloat();
      assertThat(run(session, images)).containsExactly(expected, within(CLOSE));
    }
  }

  @Test
  void inputOutputAndTemperatureAreSaid() throws Exception {
    try (OrtSession session = session(Networks.usual())) {
      assertThat(session.getInputInfo()).containsOnlyKeys("pixels");
      assertThat(((TensorInfo) session.getInputInfo().get("pixels").getInfo()).getShape())
          .containsExactly(-1, 28, 28, 1);
      assertThat(session.getOutputInfo()).containsOnlyKeys("probabilities");
      assertThat(((TensorInfo) session.getOutputInfo().get("probabilities").getInfo()).getShape())
          .containsExactly(-1, 10);
      assertThat(session.getMetadata().getCustomMetadata())
          .containsExactly(Map.entry("calibration.temperature", "1.25"));
    }
  }

  @Test
  void whatOnnxDoesNotHaveIsNamed() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nOut(4).activation(Activation.CUBE).build())
                .layer(new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.feedForward(4))
                .build());
    network.init();
    assertThatThrownBy(() -> OnnxFile.bytes(StoredNetwork.of(network)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The network cannot be written as ONNX: layer 1, DenseLayer: the activation cube has no"
                + " counterpart");
  }

  @Test
  void aNetworkThatKnowsWhatIsNoDigitHasTwoOutputs() throws Exception {
    MultiLayerNetwork network = Networks.ending(11);
    INDArray images = Networks.images(7);
    float[] all = Networks.output(network, images);
    try (OrtSession session = session(network)) {
      assertThat(session.getOutputNames()).containsExactly("probabilities", "one_digit");
      assertThat(run(session, images)).containsExactly(Networks.digitsOnly(all, 11), within(CLOSE));
      assertThat(run(session, images, "one_digit"))
          .containsExactly(Networks.oneDigit(all, 11), within(CLOSE));
    }
  }

  @Test
  void aNetworkThatReadsPairsHasThreeOutputs() throws Exception {
    MultiLayerNetwork network = Networks.scans();
    INDArray images = Networks.images(7);
    float[] all = Networks.output(network, images);
    float[] expected = new float[7 * 100];
    for (int image = 0; image < 7; image++) {
      System.arraycopy(all, image * 111 + 11, expected, image * 100, 100);
    }
    try (OrtSession session = session(network)) {
      assertThat(session.getOutputNames()).containsExactly("probabilities", "one_digit", "pairs");
      assertThat(run(session, images))
          .containsExactly(Networks.digitsOnly(all, 111), within(CLOSE));
      assertThat(run(session, images, "one_digit"))
          .containsExactly(Networks.oneDigit(all, 111), within(CLOSE));
      assertThat(run(session, images, "pairs")).containsExactly(expected, within(CLOSE));
    }
  }

  private static OrtSession session(MultiLayerNetwork network) throws IOException, OrtException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxFile.write(StoredNetwork.of(network), new Calibration(1.25, 100), out);
    return ENVIRONMENT.createSession(out.toByteArray());
  }

  private static float[] run(OrtSession session, INDArray images) throws OrtException {
    return run(session, images, "probabilities");
  }

  private static float[] run(OrtSession session, INDArray images, String name) throws OrtException {
    try (OnnxTensor input =
            OnnxTensor.createTensor(
                ENVIRONMENT, FloatBuffer.wrap(images.data().asFloat()), images.shape());
        OrtSession.Result result = session.run(Map.of("pixels", input))) {
      FloatBuffer output = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
      float[] values = new float[output.remaining()];
      output.get(values);
      return values;
    }
  }
}
