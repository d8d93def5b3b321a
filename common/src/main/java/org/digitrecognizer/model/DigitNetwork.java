package org.digitrecognizer.model;

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
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The convolutional network of Keras' MNIST example, in stock Deeplearning4j layers: convolution
 * 3×3×32, convolution 3×3×64, max-pooling 2×2, dropout, dense 128, dropout, softmax 10; 1,199,882
 * parameters. Input {@code [batch, 28, 28, 1]}, float, 0 = paper, 1 = ink; output {@code [batch,
 * 10]}, probabilities of the digits 0 to 9.
 *
 * <p>Weights start as Keras starts them: uniform after Glorot and Bengio (2010), equation 16;
 * biases at zero.
 */
public final class DigitNetwork {

  private static final int KERNEL = 3;
  private static final int FIRST_FILTERS = 32;
  private static final int SECOND_FILTERS = 64;
  private static final int POOL = 2;
  private static final int HIDDEN = 128;

  private DigitNetwork() {}

  /**
   * What of the network can be chosen.
   *
   * @param seed of the initial weights
   * @param rho decay of Adadelta's averages, 0..1 (Zeiler 2012, algorithm 1)
   * @param epsilon of Adadelta
   * @param convolutionDropout share of pooled activations dropped in training, 0..1
   * @param denseDropout share of dense activations dropped in training, 0..1
   */
  public record Options(
      long seed, double rho, double epsilon, double convolutionDropout, double denseDropout) {

    /** Returns Keras' values. */
    public static Options keras(long seed) {
      return new Options(seed, 0.95, 1e-6, 0.25, 0.5);
    }
  }

  /** Returns the configuration with stock layers in NHWC. */
  public static MultiLayerConfiguration configuration(Options options) {
    return new NeuralNetConfiguration.Builder()
        .seed(options.seed())
        .weightInit(WeightInit.XAVIER_UNIFORM)
        .updater(new AdaDelta(options.rho(), options.epsilon()))
        .trainingWorkspaceMode(WorkspaceMode.ENABLED)
        .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
        .list()
        .layer(convolution(FIRST_FILTERS))
        .layer(convolution(SECOND_FILTERS))
        .layer(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(POOL, POOL)
                .stride(POOL, POOL)
                .dataFormat(CNN2DFormat.NHWC)
                .build())
        .layer(new DropoutLayer.Builder(1 - options.convolutionDropout()).build())
        .layer(new DenseLayer.Builder().nOut(HIDDEN).activation(Activation.RELU).build())
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

  private static ConvolutionLayer convolution(int filters) {
    return new ConvolutionLayer.Builder(KERNEL, KERNEL)
        .nOut(filters)
        .activation(Activation.RELU)
        .dataFormat(CNN2DFormat.NHWC)
        .build();
  }
}
