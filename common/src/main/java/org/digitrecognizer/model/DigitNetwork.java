// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.digitrecognizer.digit.DigitImage;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The convolutional network of Keras' MNIST example, in stock Deeplearning4j layers: convolution
 * 3×3×32, convolution 3×3×64, max-pooling 2×2, dropout, dense 128, dropout, softmax 10; 1,199,882
 * parameters; or one with other sizes. Input {@code [batch, 28, 28, 1]}, float, 0 = paper, 1 = ink;
 * output {@code [batch, 10]}, probabilities of the digits 0 to 9.
 *
 * <p>Weights start as Keras starts them: uniform after Glorot and Bengio (2010), equation 16;
 * biases at zero.
 */
public final class DigitNetwork {

  /**
   * The output, where a network has it, that an image is neither one digit nor two side by side; of
   * a network that reads no pairs, that it is not one digit.
   */
  public static final int NEITHER = DigitImage.CLASSES;

  /** Outputs of a network that reads digits, what is neither, and pairs. */
  public static final int OUTPUTS = NEITHER + 1 + DigitImage.CLASSES * DigitImage.CLASSES;

  private DigitNetwork() {}

  /**
   * Returns the output that an image is two digits side by side.
   *
   * @param left digit, 0 to 9
   * @param right digit, 0 to 9
   */
  public static int pair(int left, int right) {
    return NEITHER + 1 + left * DigitImage.CLASSES + right;
  }

  /** Returns whether a network says of an image that it is not one digit. */
  public static boolean tellsOneDigit(StoredNetwork network) {
    return outputs(network) == NEITHER + 1 || readsPairs(network);
  }

  /** Returns whether a network reads two digits side by side, too. */
  public static boolean readsPairs(StoredNetwork network) {
    return outputs(network) == OUTPUTS;
  }

  /** Returns how many outputs of one softmax a network has; 0 if it ends in another way. */
  public static int outputs(StoredNetwork network) {
    List<NeuralNetConfiguration> layers = network.configuration().getConfs();
    return layers.get(layers.size() - 1).getLayer() instanceof OutputLayer output
            && output.getActivationFn() instanceof ActivationSoftmax
        ? Math.toIntExact(output.getNOut())
        : 0;
  }

  /**
   * What of the network can be chosen.
   *
   * @param seed of the initial weights
   * @param rho decay of Adadelta's averages, 0..1 (Zeiler 2012, algorithm 1)
   * @param epsilon of Adadelta
   * @param convolutionDropout share of pooled activations dropped in training, 0..1
   * @param denseDropout share of dense activations dropped in training, 0..1
   * @param layers their sizes
   */
  public record Options(
      long seed,
      double rho,
      double epsilon,
      double convolutionDropout,
      double denseDropout,
      Layers layers)
      implements Serializable {

    /** Returns Keras' values. */
    public static Options keras(long seed) {
      return new Options(seed, 0.95, 1e-6, 0.25, 0.5, Layers.KERAS);
    }
  }

  /**
   * Sizes of the layers.
   *
   * @param firstFilters of the first convolution
   * @param secondFilters of the second
   * @param kernelSize sides of the filters of both, in pixels
   * @param poolSize sides of the max-pooling, and its stride
   * @param denseUnits of the dense layer
   */
  public record Layers(
      int firstFilters, int secondFilters, int kernelSize, int poolSize, int denseUnits)
      implements Serializable {

    /** Keras' values. */
    public static final Layers KERAS = new Layers(32, 64, 3, 2, 128);
  }

  /** Returns the configuration with stock layers in NHWC. */
  public static MultiLayerConfiguration configuration(Options options) {
    Layers layers = options.layers();
    return new NeuralNetConfiguration.Builder()
        .seed(options.seed())
        .weightInit(WeightInit.XAVIER_UNIFORM)
        .updater(new AdaDelta(options.rho(), options.epsilon()))
        .trainingWorkspaceMode(WorkspaceMode.ENABLED)
        .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
        .list()
        .layer(convolution(layers.firstFilters(), layers.kernelSize()))
        .layer(convolution(layers.secondFilters(), layers.kernelSize()))
        .layer(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(layers.poolSize(), layers.poolSize())
                .stride(layers.poolSize(), layers.poolSize())
                .dataFormat(CNN2DFormat.NHWC)
                .build())
        .layer(new DropoutLayer.Builder(1 - options.convolutionDropout()).build())
        .layer(
            new DenseLayer.Builder().nOut(layers.denseUnits()).activation(Activation.RELU).build())
        .layer(new DropoutLayer.Builder(1 - options.denseDropout()).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(DigitImage.CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(
            InputType.convolutional(DigitImage.HEIGHT, DigitImage.WIDTH, 1, CNN2DFormat.NHWC))
        .build();
  }

  private static ConvolutionLayer convolution(int filters, int kernelSize) {
    return new ConvolutionLayer.Builder(kernelSize, kernelSize)
        .nOut(filters)
        .activation(Activation.RELU)
        .dataFormat(CNN2DFormat.NHWC)
        .build();
  }
}
