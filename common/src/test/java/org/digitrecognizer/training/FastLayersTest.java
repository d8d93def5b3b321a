// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.profiler.OpProfiler;
import org.nd4j.linalg.profiler.ProfilerConfig;

/** The oracle is Deeplearning4j's own layer: same parameters, same data, same numbers. */
class FastLayersTest {

  private static final int BATCH = 7;
  private static final int CLASSES = 4;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("relu, truncate", 12, 1, Activation.RELU, ConvolutionMode.Truncate),
        Arguments.of("odd size", 13, 1, Activation.RELU, ConvolutionMode.Truncate),
        Arguments.of("several channels in", 10, 3, Activation.RELU, ConvolutionMode.Truncate),
        Arguments.of("same padding", 9, 2, Activation.RELU, ConvolutionMode.Same),
        Arguments.of("tanh", 12, 1, Activation.TANH, ConvolutionMode.Truncate),
        Arguments.of("leaky relu", 12, 1, Activation.LEAKYRELU, ConvolutionMode.Truncate));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void outputsAndGradientsEqualTheStockLayers(
      String name, int size, int channels, Activation activation, ConvolutionMode mode) {
    MultiLayerNetwork stock = network(size, channels, activation, mode, 1.0);
    MultiLayerNetwork fast = FastLayers.speedUp(stock);
    DataSet data = data(size, channels);

    assertThat(fast.getLayerWiseConfigurations().getConf(0).getLayer())
        .isInstanceOf(NhwcConvolution.class);
    assertThat(relativeError(fast.output(data.getFeatures()), stock.output(data.getFeatures())))
        .isLessThan(1e-5);
    assertThat(relativeError(gradient(fast, data), gradient(stock, data))).isLessThan(1e-5);
  }

  @Test
  void severalStepsOfAdadeltaEndWithTheSameParametersAndUpdaterState() {
    MultiLayerNetwork stock = network(12, 1, Activation.RELU, ConvolutionMode.Truncate, 1.0);
    MultiLayerNetwork fast = FastLayers.speedUp(stock);
    DataSet data = data(12, 1);
    for (int step = 0; step < 5; step++) {
      stock.fit(data);
      fast.fit(data);
    }
    assertThat(relativeError(fast.params(), stock.params())).isLessThan(1e-4);
    assertThat(
            relativeError(
                fast.getUpdater().getStateViewArray(), stock.getUpdater().getStateViewArray()))
        .isLessThan(1e-3);
  }

  @Test
  void normalisedNetworksTrainAsTheStockLayersDo() {
    MultiLayerNetwork stock = normalised();
    MultiLayerNetwork fast = FastLayers.speedUp(stock);
    DataSet data = data(12, 1);

    assertThat(relativeError(gradient(fast, data), gradient(stock, data))).isLessThan(1e-4);
    for (int step = 0; step < 5; step++) {
      stock.fit(data);
      fast.fit(data);
    }
    assertThat(relativeError(fast.params(), stock.params())).isLessThan(1e-3);
    assertThat(relativeError(fast.output(data.getFeatures()), stock.output(data.getFeatures())))
        .isLessThan(1e-2);
    assertThat(FastLayers.toStock(fast).getLayerWiseConfigurations().toJson())
        .isEqualTo(stock.getLayerWiseConfigurations().toJson());
  }

  /** ND4J's broadcasts can end the process, see {@link MatrixProduct}. */
  @Test
  void aStepOfTrainingBroadcastsNothing() {
    MultiLayerNetwork fast = FastLayers.speedUp(normalised());
    DataSet data = data(12, 1);
    OpProfiler profiler = OpProfiler.getInstance();
    Nd4j.getExecutioner()
        .setProfilingConfig(ProfilerConfig.builder().checkElapsedTime(true).build());
    try {
      profiler.reset();
      fast.fit(data);
      assertThat(profiler.getClassCounter().getCount("CustomOp")).isPositive();
      assertThat(profiler.getClassCounter().getCount("BroadcastOp")).isZero();
    } finally {
      Nd4j.getExecutioner().setProfilingConfig(ProfilerConfig.builder().build());
    }
  }

  private static MultiLayerNetwork normalised() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new AdaDelta())
                .list()
                .layer(convolution(4, Activation.IDENTITY))
                .layer(normalisation())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(convolution(6, Activation.IDENTITY))
                .layer(normalisation())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(new DenseLayer.Builder().nOut(8).activation(Activation.IDENTITY).build())
                .layer(normalisation())
                .layer(new ActivationLayer(Activation.RELU))
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(12, 12, 1, CNN2DFormat.NHWC))
                .build());
    network.init();
    return network;
  }

  private static BatchNormalization normalisation() {
    return new BatchNormalization.Builder()
        .useLogStd(false)
        .decay(0.9)
        .dataFormat(CNN2DFormat.NHWC)
        .build();
  }

  @Test
  void aLearningRateScalesTheStepAndNothingElse() {
    MultiLayerNetwork stock = network(12, 1, Activation.RELU, ConvolutionMode.Truncate, 1.0);
    MultiLayerNetwork half = FastLayers.withLearningRate(FastLayers.speedUp(stock), 0.5);
    INDArray start = stock.params().dup();
    DataSet data = data(12, 1);
    stock.fit(data);
    half.fit(data);

    assertThat(relativeError(half.params().sub(start).mul(2), stock.params().sub(start)))
        .isLessThan(1e-4);
    assertThat(
            relativeError(
                half.getUpdater().getStateViewArray(), stock.getUpdater().getStateViewArray()))
        .isLessThan(1e-4);
    assertThat(FastLayers.toStock(half).getLayerWiseConfigurations().toJson())
        .isEqualTo(stock.getLayerWiseConfigurations().toJson());
  }

  @Test
  void aSwapKeepsParametersAndUpdaterStateAndComesBackToStockClasses() throws IOException {
    MultiLayerNetwork stock = network(12, 1, Activation.RELU, ConvolutionMode.Truncate, 0.75);
    stock.fit(data(12, 1));

    MultiLayerNetwork back = FastLayers.toStock(FastLayers.speedUp(stock));

    assertThat(back.getLayerWiseConfigurations().toJson())
        .isEqualTo(stock.getLayerWiseConfigurations().toJson());
    assertThat(back.params()).isEqualTo(stock.params());
    assertThat(back.getUpdater().getStateViewArray())
        .isEqualTo(stock.getUpdater().getStateViewArray());
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(back, zip, true);
    assertThat(
            ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip.toByteArray()))
                .params())
        .isEqualTo(stock.params());
  }

  @Test
  void aNetworkInNchwIsLeftAsItIs() {
    MultiLayerNetwork stock =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(2).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT).nOut(CLASSES).build())
                .setInputType(InputType.convolutional(8, 8, 1))
                .build());
    stock.init();
    assertThat(FastLayers.speedUp(stock).getLayerWiseConfigurations().getConf(0).getLayer())
        .isExactlyInstanceOf(ConvolutionLayer.class);
  }

  @Test
  void dropoutKeepsTheShareAskedForAndTheMeanAndSendsTheErrorBackTheSameWay() {
    FastDropout dropout = new FastDropout(0.75, null);
    INDArray ones = Nd4j.ones(200, 500);
    INDArray output = ones.ulike();
    dropout.applyDropout(ones, output, 0, 0, null);

    double kept = output.gt(0).castTo(output.dataType()).meanNumber().doubleValue();
    assertThat(kept).isCloseTo(0.75, within(0.01));
    assertThat(output.maxNumber().doubleValue()).isCloseTo(1 / 0.75, within(1e-6));
    INDArray error = ones.dup();
    assertThat(dropout.backprop(error, error, 0, 0)).isEqualTo(output);
  }

  @Test
  void dropoutRepeatsItselfUnderTheSameSeedAndDiffersOtherwise() {
    INDArray ones = Nd4j.ones(10, 100);
    Nd4j.getRandom().setSeed(42);
    INDArray first = new FastDropout(0.5, null).applyDropout(ones, ones.ulike(), 0, 0, null);
    INDArray second = new FastDropout(0.5, null).applyDropout(ones, ones.ulike(), 0, 0, null);
    Nd4j.getRandom().setSeed(42);
    INDArray again = new FastDropout(0.5, null).applyDropout(ones, ones.ulike(), 0, 0, null);
    assertThat(again).isEqualTo(first);
    assertThat(second).isNotEqualTo(first);
  }

  private static MultiLayerNetwork network(
      int size, int channels, Activation activation, ConvolutionMode mode, double retain) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new AdaDelta())
                .convolutionMode(mode)
                .list()
                .layer(convolution(4, activation))
                .layer(convolution(6, activation))
                .layer(
                    new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .dataFormat(CNN2DFormat.NHWC)
                        .build())
                .layer(new DropoutLayer.Builder(new Dropout(retain)).build())
                .layer(new DenseLayer.Builder().nOut(8).activation(activation).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(size, size, channels, CNN2DFormat.NHWC))
                .build());
    network.init();
    return network;
  }

  private static ConvolutionLayer convolution(int filters, Activation activation) {
    return new ConvolutionLayer.Builder(3, 3)
        .nOut(filters)
        .activation(activation)
        .biasInit(0.1)
        .dataFormat(CNN2DFormat.NHWC)
        .build();
  }

  private static DataSet data(int size, int channels) {
    Nd4j.getRandom().setSeed(3);
    INDArray labels = Nd4j.zeros(BATCH, CLASSES);
    for (int i = 0; i < BATCH; i++) {
      labels.putScalar(i, i % CLASSES, 1);
    }
    return new DataSet(Nd4j.randn(BATCH, size, size, channels), labels);
  }

  private static INDArray gradient(MultiLayerNetwork network, DataSet data) {
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    return network.gradient().gradient().dup();
  }

  private static double relativeError(INDArray actual, INDArray expected) {
    return actual.sub(expected).norm2Number().doubleValue() / expected.norm2Number().doubleValue();
  }
}
