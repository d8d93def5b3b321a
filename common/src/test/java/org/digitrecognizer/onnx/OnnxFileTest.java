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
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
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

  private static OrtSession session(MultiLayerNetwork network) throws IOException, OrtException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxFile.write(StoredNetwork.of(network), new Calibration(1.25, 100), out);
    return ENVIRONMENT.createSession(out.toByteArray());
  }

  private static float[] run(OrtSession session, INDArray images) throws OrtException {
    try (OnnxTensor input =
            OnnxTensor.createTensor(
                ENVIRONMENT, FloatBuffer.wrap(images.data().asFloat()), images.shape());
        OrtSession.Result result = session.run(Map.of("pixels", input))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[output.remaining()];
      output.get(values);
      return values;
    }
  }
}
