package org.digitrecognizer.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The oracle is Deeplearning4j's own layers: same parameters, same images, same numbers. */
class FrozenNetworkTest {

  private static final int OUTPUTS = 4;

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("square", 12, 12, Activation.RELU, ConvolutionMode.Truncate, true),
        Arguments.of("one row of tiles", 8, 20, Activation.RELU, ConvolutionMode.Truncate, true),
        Arguments.of("as MNIST", 28, 28, Activation.RELU, ConvolutionMode.Strict, true),
        Arguments.of("no whole tiles", 13, 12, Activation.RELU, ConvolutionMode.Truncate, false),
        Arguments.of("same padding", 12, 12, Activation.RELU, ConvolutionMode.Same, false),
        Arguments.of("tanh", 12, 12, Activation.TANH, ConvolutionMode.Truncate, false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void outputsEqualTheStockLayers(
      String name,
      int height,
      int width,
      Activation activation,
      ConvolutionMode mode,
      boolean known) {
    MultiLayerNetwork stock = network(height, width, activation, mode);
    FrozenNetwork frozen = new FrozenNetwork(FastLayers.speedUp(stock), height, width);
    assertThat(frozen.isKnown()).isEqualTo(known);
    // More and fewer images than one product takes.
    for (int images : new int[] {19, 3}) {
      float[] pixels = pixels(images * height * width);
      float[] expected =
          stock
              .output(Nd4j.createFromArray(pixels).reshape(images, height, width, 1))
              .data()
              .asFloat();
      assertThat(frozen.output(pixels, images)).containsExactly(expected, within(1e-5f));
    }
  }

  @Test
  void anImageIsTheSameToTheLastBitWhereverItStands() {
    int size = 28;
    int images = 21;
    MultiLayerNetwork stock = network(size, size, Activation.RELU, ConvolutionMode.Truncate);
    FrozenNetwork frozen = new FrozenNetwork(FastLayers.speedUp(stock), size, size);
    float[] image = pixels(size * size);
    float[] first = null;
    for (int place = 0; place < images; place++) {
      float[] pixels = pixels(images * size * size, place);
      System.arraycopy(image, 0, pixels, place * image.length, image.length);
      float[] all = frozen.output(pixels, images);
      float[] output = Arrays.copyOfRange(all, place * OUTPUTS, (place + 1) * OUTPUTS);
      first = first == null ? output : first;
      assertThat(output).as("place %d", place).containsExactly(first);
    }
  }

  private static float[] pixels(int count) {
    return pixels(count, 99);
  }

  private static float[] pixels(int count, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[count];
    for (int i = 0; i < count; i++) {
      pixels[i] = random.nextFloat();
    }
    return pixels;
  }

  private static MultiLayerNetwork network(
      int height, int width, Activation activation, ConvolutionMode mode) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .convolutionMode(mode)
                .list()
                .layer(convolution(5, activation))
                .layer(convolution(6, activation))
                .layer(
                    new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .dataFormat(CNN2DFormat.NHWC)
                        .build())
                .layer(new DropoutLayer.Builder(new Dropout(0.5)).build())
                .layer(new DenseLayer.Builder().nOut(8).activation(activation).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(OUTPUTS)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(height, width, 1, CNN2DFormat.NHWC))
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
}
