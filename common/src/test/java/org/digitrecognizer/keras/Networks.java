// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import java.util.Random;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.training.FastLayers;
import org.digitrecognizer.training.recipe.ScansNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks of all layers that may be in a model, with random weights, and what they say. */
public final class Networks {

  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  private Networks() {}

  /** The network of this project, as training has it. */
  public static MultiLayerNetwork usual() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            FastLayers.speedUp(DigitNetwork.configuration(DigitNetwork.Options.keras(7))));
    network.init();
    return shaken(network);
  }

  /** The same shape in the other memory order, channels before rows and columns. */
  public static MultiLayerNetwork channelsFirst() {
    return network(
        CNN2DFormat.NCHW,
        new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build(),
        max(CNN2DFormat.NCHW, 2, 2),
        new DenseLayer.Builder().nOut(16).activation(Activation.RELU).build(),
        output());
  }

  /** Batch normalisation of maps and of rows, average pooling, padding, strides, no bias. */
  public static MultiLayerNetwork various() {
    return network(
        CNN2DFormat.NHWC,
        new ConvolutionLayer.Builder(5, 3)
            .nOut(4)
            .hasBias(false)
            .stride(2, 1)
            .convolutionMode(ConvolutionMode.Same)
            .activation(Activation.IDENTITY)
            .build(),
        new BatchNormalization.Builder().eps(1e-3).decay(0.99).useLogStd(false).build(),
        activation(new ActivationLReLU(0.3)),
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
            .kernelSize(3, 3)
            .stride(2, 2)
            .convolutionMode(ConvolutionMode.Same)
            .build(),
        new ConvolutionLayer.Builder(3, 3)
            .nOut(5)
            .dilation(2, 2)
            .activation(new ActivationReLU6())
            .build(),
        max(CNN2DFormat.NHWC, 3, 1),
        new DenseLayer.Builder().nOut(12).hasBias(false).activation(Activation.TANH).build(),
        new BatchNormalization.Builder().eps(1e-3).lockGammaBeta(true).gamma(1.5).beta(0.5).build(),
        new DropoutLayer.Builder(0.5).build(),
        new DenseLayer.Builder().nOut(9).activation(new ActivationELU(0.7)).build(),
        output());
  }

  /** No dense layer but the last, after pooling of whole maps. */
  public static MultiLayerNetwork pooled() {
    return network(
        CNN2DFormat.NHWC,
        new ConvolutionLayer.Builder(3, 3).nOut(8).activation(Activation.SELU).build(),
        new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
        new DenseLayer.Builder().nOut(8).activation(Activation.SWISH).build(),
        new DenseLayer.Builder().nOut(8).activation(Activation.SOFTPLUS).build(),
        new DenseLayer.Builder().nOut(8).activation(Activation.SOFTSIGN).build(),
        new DenseLayer.Builder().nOut(8).activation(Activation.SIGMOID).build(),
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(CLASSES)
            .hasBias(false)
            .activation(Activation.SOFTMAX)
            .build());
  }

  /**
   * That of the recipe for scans: batch normalisation, outputs for what is no digit and for pairs.
   */
  public static MultiLayerNetwork scans() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(ScansNetwork.configuration(3, 0.95, 1e-6, 0.3));
    network.init();
    return shaken(network);
  }

  /** One that ends in a softmax of any size. */
  public static MultiLayerNetwork ending(int outputs) {
    return network(
        CNN2DFormat.NHWC,
        new ConvolutionLayer.Builder(5, 5).nOut(4).stride(3, 3).activation(Activation.RELU).build(),
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(outputs)
            .activation(Activation.SOFTMAX)
            .build());
  }

  /** The probabilities that each image is one digit, of those of all outputs. */
  public static float[] oneDigit(float[] all, int outputs) {
    float[] sums = new float[all.length / outputs];
    for (int i = 0; i < sums.length; i++) {
      for (int digit = 0; digit < CLASSES; digit++) {
        sums[i] += all[i * outputs + digit];
      }
    }
    return sums;
  }

  /** What the digits come to, given that an image is one, of the probabilities of all outputs. */
  public static float[] digitsOnly(float[] all, int outputs) {
    float[] oneDigit = oneDigit(all, outputs);
    float[] digits = new float[oneDigit.length * CLASSES];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = all[i / CLASSES * outputs + i % CLASSES] / oneDigit[i / CLASSES];
    }
    return digits;
  }

  private static MultiLayerNetwork network(CNN2DFormat format, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().seed(3).updater(new AdaDelta(0.9, 1e-6)).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            list.setInputType(InputType.convolutional(SIDE, SIDE, 1, format)).build());
    network.init();
    return shaken(network);
  }

  private static SubsamplingLayer max(CNN2DFormat format, int size, int stride) {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(size, size)
        .stride(stride, stride)
        .dataFormat(format)
        .build();
  }

  private static ActivationLayer activation(IActivation function) {
    return new ActivationLayer.Builder(function).build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** Biases and means start at zero, which would hide what is left out. */
  private static MultiLayerNetwork shaken(MultiLayerNetwork network) {
    network.params().addi(Nd4j.rand(11L, network.params().shape()).subi(0.5).muli(0.2));
    for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
      INDArray variance = layer.paramTable().get(BatchNormalizationParamInitializer.GLOBAL_VAR);
      if (variance != null) {
        variance.assign(Nd4j.rand(12L, variance.shape()).addi(0.5));
      }
    }
    return network;
  }

  /** Returns images as a network of rows, columns and channels takes them. */
  public static INDArray images(int count) {
    Random random = new Random(5);
    float[] pixels = new float[count * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.max(0, random.nextFloat() * 2 - 1);
    }
    return Nd4j.createFromArray(pixels).reshape(count, SIDE, SIDE, 1);
  }

  /** Returns what a network of either memory order says of images, {@code [images, 10]}. */
  public static float[] output(MultiLayerNetwork network, INDArray images) {
    boolean first =
        network.getLayerWiseConfigurations().getConf(0).getLayer() instanceof ConvolutionLayer conf
            && conf.getCnn2dDataFormat() == CNN2DFormat.NCHW;
    INDArray input = first ? images.permute(0, 3, 1, 2).dup('c') : images;
    return network.output(input).dup('c').data().asFloat();
  }
}
