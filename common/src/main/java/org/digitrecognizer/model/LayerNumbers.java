// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import java.nio.FloatBuffer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;

/**
 * A layer's stretch of a network's parameters, taken apart as Deeplearning4j's parameter
 * initialisers lay them out.
 */
public final class LayerNumbers {

  private final FloatBuffer left;

  /**
   * @param numbers the layer's parameters, all of them
   */
  public LayerNumbers(FloatBuffer numbers) {
    this.left = numbers.duplicate();
  }

  /** Takes the next so many. */
  private FloatBuffer next(long count) {
    FloatBuffer taken = left.slice(left.position(), Math.toIntExact(count));
    left.position(left.position() + Math.toIntExact(count));
    return taken;
  }

  /**
   * Weights and bias.
   *
   * @param weights of a convolution {@code [out, in, kernelHeight, kernelWidth]}, of a dense layer
   *     {@code [out, in]}, both C order
   * @param bias null if there is none
   */
  public record Affine(FloatBuffer weights, FloatBuffer bias) {}

  /** Takes those of a convolution: the bias first ({@code ConvolutionParamInitializer}). */
  public Affine convolution(ConvolutionLayer conf) {
    FloatBuffer bias = conf.hasBias() ? next(conf.getNOut()) : null;
    int[] kernel = conf.getKernelSize();
    return new Affine(next(conf.getNOut() * conf.getNIn() * kernel[0] * kernel[1]), bias);
  }

  /**
   * Takes those of a dense layer: the weights first ({@code DefaultParamInitializer}), {@code [in,
   * out]} in Fortran order, which is {@code [out, in]} in C order.
   */
  public Affine dense(FeedForwardLayer conf, boolean bias) {
    FloatBuffer weights = next(conf.getNIn() * conf.getNOut());
    return new Affine(weights, bias ? next(conf.getNOut()) : null);
  }

  /**
   * Those of a batch normalisation, one each channel.
   *
   * @param variance not its logarithm
   */
  public record Normalization(
      FloatBuffer gamma, FloatBuffer beta, FloatBuffer mean, FloatBuffer variance) {}

  /** Takes those of a batch normalisation ({@code BatchNormalizationParamInitializer}). */
  public Normalization normalization(BatchNormalization conf) {
    long channels = conf.getNOut();
    boolean locked = conf.isLockGammaBeta();
    FloatBuffer gamma = locked ? filled(channels, conf.getGamma()) : next(channels);
    FloatBuffer beta = locked ? filled(channels, conf.getBeta()) : next(channels);
    FloatBuffer mean = next(channels);
    FloatBuffer spread = next(channels);
    return new Normalization(gamma, beta, mean, conf.isUseLogStd() ? variance(spread) : spread);
  }

  private static FloatBuffer filled(long count, double value) {
    FloatBuffer all = FloatBuffer.allocate(Math.toIntExact(count));
    for (int i = 0; i < all.capacity(); i++) {
      all.put(i, (float) value);
    }
    return all;
  }

  /** Returns 10 to the power of twice each: what is kept is the decimal logarithm of the root. */
  private static FloatBuffer variance(FloatBuffer logStd) {
    FloatBuffer all = FloatBuffer.allocate(logStd.remaining());
    for (int i = 0; i < all.capacity(); i++) {
      all.put(i, (float) Math.pow(10, 2.0 * logStd.get(i)));
    }
    return all;
  }
}
