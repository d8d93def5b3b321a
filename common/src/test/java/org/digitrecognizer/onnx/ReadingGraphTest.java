// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import onnx.Onnx;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.inference.DigitReader;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.keras.Networks;
import org.digitrecognizer.mnist.LabelledDigits;
import org.digitrecognizer.mnist.MnistFiles;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.model.StoredNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** The oracle is the same network in floats. */
class ReadingGraphTest {

  private static final org.apache.hadoop.fs.Path MNIST =
      new org.apache.hadoop.fs.Path(Path.of("../data/mnist").toUri());

  @TempDir private Path directory;

  @Test
  void aTrainedNetworkReadsTheSameInWholeNumbers() throws IOException {
    StoredNetwork network = scans();
    List<DigitImage> digits = digits(true, 64 * DigitReader.BATCH_SIZE);
    byte[] rounded = ReadingGraph.of(network);
    assertThat(rounded.length).isLessThan(OnnxFile.bytes(network).length / 3);
    List<float[]> floats = probabilities(OnnxFile.bytes(network), digits);
    List<float[]> whole = probabilities(rounded, digits);
    int others = 0;
    double change = 0;
    for (int i = 0; i < floats.size(); i++) {
      others += best(floats.get(i)) == best(whole.get(i)) ? 0 : 1;
      change += Math.abs(floats.get(i)[best(floats.get(i))] - whole.get(i)[best(floats.get(i))]);
    }
    assertThat(others).as("of %d digits read otherwise", digits.size()).isLessThanOrEqualTo(6);
    assertThat(change / digits.size()).isLessThan(0.002);
  }

  @ParameterizedTest
  @ValueSource(strings = {DigitSession.ONE_DIGIT, DigitSession.PAIRS})
  void soDoItsOtherOutputs(String output) throws IOException {
    StoredNetwork network = scans();
    List<DigitImage> digits = digits(true, 16 * DigitReader.BATCH_SIZE);
    List<float[]> floats = rows(OnnxFile.bytes(network), digits, output);
    List<float[]> whole = rows(ReadingGraph.of(network), digits, output);
    double change = 0;
    for (int i = 0; i < digits.size(); i++) {
      for (int number = 0; number < floats.get(i).length; number++) {
        change += Math.abs(floats.get(i)[number] - whole.get(i)[number]);
      }
    }
    assertThat(change / digits.size()).isLessThan(0.002);
  }

  /** What ONNX Runtime makes of it is what is fast; it says nothing if it finds no integers. */
  @Test
  void allLayersButTheLastAreComputedInWholeNumbers() throws Exception {
    requireOperators(ReadingGraph.of(scans()), 4);
    requireOperators(ReadingGraph.of(StoredNetwork.of(Networks.usual())), 2);
  }

  /** The last dense layer is one of floats. */
  private void requireOperators(byte[] onnx, int convolutions) throws Exception {
    List<String> operators = operators(onnx);
    assertThat(operators).filteredOn("QLinearConv"::equals).hasSize(convolutions);
    assertThat(operators).filteredOn("QGemm"::equals).hasSize(1);
    assertThat(operators).filteredOn(name -> name.matches("(Fused)?Gemm|MatMul")).hasSize(1);
    assertThat(operators).doesNotContain("Conv", "FusedConv");
  }

  private List<String> operators(byte[] onnx) throws Exception {
    Path optimized = directory.resolve("optimized.onnx");
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "digits");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setOptimizedModelFilePath(optimized.toString());
      environment.createSession(onnx, options).close();
    }
    return Onnx.ModelProto.parseFrom(Files.readAllBytes(optimized))
        .getGraph()
        .getNodeList()
        .stream()
        .map(Onnx.NodeProto::getOpType)
        .toList();
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("usual", Networks.usual()),
        Arguments.of("channels first", Networks.channelsFirst()),
        Arguments.of("various", Networks.various()),
        Arguments.of("pooled", Networks.pooled()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void networksOfAllLayersAreReadNearlyTheSame(String name, MultiLayerNetwork network) {
    List<DigitImage> digits = KnownDigits.all().subList(0, DigitReader.BATCH_SIZE);
    StoredNetwork stored = StoredNetwork.of(network);
    byte[] rounded = ReadingGraph.rounded(stored);
    List<float[]> floats = probabilities(OnnxFile.bytes(stored), digits);
    List<float[]> whole = probabilities(rounded, digits);
    for (int i = 0; i < digits.size(); i++) {
      assertThat(whole.get(i)).containsExactly(floats.get(i), within(0.05f));
    }
  }

  /** Rounded to 8 bits, ten probabilities do not add up to 1. */
  @Test
  void probabilitiesAreNotRoundedWhateverLayerTheyComeFrom() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .list()
                .layer(new ConvolutionLayer.Builder(5, 5).nOut(10).build())
                .layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
                .layer(new ActivationLayer.Builder(new ActivationSoftmax()).build())
                .setInputType(InputType.convolutional(28, 28, 1, CNN2DFormat.NHWC))
                .build());
    network.init();
    byte[] onnx = ReadingGraph.of(StoredNetwork.of(network));
    assertThat(onnx).isNotEqualTo(OnnxFile.bytes(StoredNetwork.of(network)));
    for (float[] row : probabilities(onnx, KnownDigits.all())) {
      double sum = 0;
      for (float probability : row) {
        sum += probability;
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  /** One number so large that all others are 0 beside it, and that the output does not heed. */
  @Test
  void aNetworkThatWholeNumbersWouldChangeIsReadInFloats() {
    MultiLayerNetwork network = Networks.channelsFirst();
    network.getLayer(2).getParam("b").putScalar(0, 1e6);
    network.getLayer(3).getParam("W").getRow(0).assign(0);
    StoredNetwork stored = StoredNetwork.of(network);
    assertThat(ReadingGraph.of(stored)).isEqualTo(OnnxFile.bytes(stored));
  }

  @Test
  void soIsANetworkWhoseNumbersGrowBeyondFloats() {
    MultiLayerNetwork network = Networks.channelsFirst();
    network.getLayer(0).getParam("W").muli(1e30);
    network.getLayer(2).getParam("W").muli(1e30);
    StoredNetwork stored = StoredNetwork.of(network);
    assertThat(ReadingGraph.of(stored)).isEqualTo(OnnxFile.bytes(stored));
  }

  @Test
  void theSameNetworkGivesTheSameBytes() throws IOException {
    assertThat(ReadingGraph.of(scans())).isEqualTo(ReadingGraph.of(scans()));
  }

  @Test
  void theKnownDigitsAreThoseOfMnist() throws IOException {
    assertThat(KnownDigits.all()).isEqualTo(digits(false, 512));
  }

  private static StoredNetwork scans() throws IOException {
    return ModelDirectory.open(
            new org.apache.hadoop.fs.Path(Path.of("../models/scans").toUri()),
            new Configuration(),
            null)
        .stored();
  }

  private static List<DigitImage> digits(boolean test, int count) throws IOException {
    Configuration conf = new Configuration();
    MnistFiles files = MnistFiles.find(MNIST, conf);
    List<DigitImage> digits = new ArrayList<>();
    try (LabelledDigits split = (test ? files.test() : files.train()).read(0, count, conf)) {
      split.forEachRemaining(digit -> digits.add(digit.image()));
    }
    return digits;
  }

  private static List<float[]> probabilities(byte[] onnx, List<DigitImage> digits) {
    return rows(onnx, digits, DigitSession.OUTPUT);
  }

  /** Returns of each digit what an output says. */
  private static List<float[]> rows(byte[] onnx, List<DigitImage> digits, String output) {
    List<float[]> rows = new ArrayList<>();
    try (DigitSession session = new DigitSession(onnx)) {
      for (int i = 0; i < digits.size(); i += DigitReader.BATCH_SIZE) {
        Map<String, float[]> outputs =
            session.compute(digits.subList(i, i + DigitReader.BATCH_SIZE));
        float[] all = outputs.get(output);
        for (int image = 0; image < DigitReader.BATCH_SIZE; image++) {
          float[] row = new float[all.length / DigitReader.BATCH_SIZE];
          System.arraycopy(all, image * row.length, row, 0, row.length);
          rows.add(row);
        }
      }
    }
    return rows;
  }

  private static int best(float[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return best;
  }
}
