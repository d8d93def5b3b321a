// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.recipe;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.model.DigitNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The network of the recipe for scans, in stock Deeplearning4j layers: twice two convolutions 3×3,
 * of 32 and of 96 filters, and a max-pooling 2×2; dense 256; softmax 111. Each convolution and the
 * dense layer is followed by batch normalisation (Ioffe and Szegedy 2015) and ReLU. 14.0 million
 * multiply-adds an image, Keras' example has 12.0.
 *
 * <p>Input {@code [batch, 28, 28, 1]}, float, 0 = paper, 1 = ink; output {@code [batch, 111]}, the
 * probabilities of the digits 0 to 9, of what is neither one digit nor two, and of the pairs 00 to
 * 99.
 */
public final class ScansNetwork {

  private static final double DECAY = 0.95;

  private ScansNetwork() {}

  public static MultiLayerConfiguration configuration(
      long seed, double rho, double epsilon, double dropout) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .weightInit(WeightInit.RELU)
            .updater(new AdaDelta(rho, epsilon))
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .list();
    for (int filters : new int[] {32, 96}) {
      addConvolution(layers, filters);
      addConvolution(layers, filters);
      layers.layer(
          new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
              .kernelSize(2, 2)
              .stride(2, 2)
              .dataFormat(CNN2DFormat.NHWC)
              .build());
    }
    layers.layer(new DenseLayer.Builder().nOut(256).activation(Activation.IDENTITY).build());
    addActivation(layers);
    return layers
        .layer(new DropoutLayer.Builder(1 - dropout).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(DigitNetwork.OUTPUTS)
                .weightInit(WeightInit.XAVIER)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(
            InputType.convolutional(DigitImage.HEIGHT, DigitImage.WIDTH, 1, CNN2DFormat.NHWC))
        .build();
  }

  private static void addConvolution(NeuralNetConfiguration.ListBuilder layers, int filters) {
    layers.layer(
        new ConvolutionLayer.Builder(3, 3)
            .nOut(filters)
            .activation(Activation.IDENTITY)
            .dataFormat(CNN2DFormat.NHWC)
            .build());
    addActivation(layers);
  }

  private static void addActivation(NeuralNetConfiguration.ListBuilder layers) {
    layers.layer(
        new BatchNormalization.Builder()
            .decay(DECAY)
            .useLogStd(false)
            .dataFormat(CNN2DFormat.NHWC)
            .build());
    layers.layer(new ActivationLayer(Activation.RELU));
  }
}
