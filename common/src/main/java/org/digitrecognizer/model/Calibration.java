// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import java.io.Serializable;
import java.util.List;

/**
 * Temperature scaling (Guo et al. 2017, "On Calibration of Modern Neural Networks", section 4.2): a
 * network is surer than it is right, and dividing its logits by one number mends that without
 * changing which digit it reads. Since a softmax does not change when a constant is added to all
 * logits, the logarithms of its probabilities serve as logits.
 *
 * @param temperature what the logits are divided by, above 0; 1 changes nothing
 * @param examples how many labelled digits it was fitted on; 0 if it was not fitted
 */
public record Calibration(double temperature, long examples) implements Serializable {

  private static final double LOWEST = 0.05;
  private static final double HIGHEST = 20;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final double TOLERANCE = 1e-6;

  /**
   * @throws IllegalArgumentException if the temperature is not above 0
   */
  public Calibration {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException("A temperature is a number above 0, not " + temperature);
    }
  }

  /** Returns the one that changes nothing. */
  public static Calibration none() {
    return new Calibration(1, 0);
  }

  /**
   * Finds the temperature of the smallest mean negative log-likelihood, by golden-section search
   * over its logarithm: the likelihood has one optimum.
   *
   * @param probabilities what the network says of each example: ten, together 1
   * @param labels the true digit of each
   */
  public static Calibration fit(List<float[]> probabilities, List<Integer> labels) {
    if (probabilities.isEmpty()) {
      return none();
    }
    double low = Math.log(LOWEST);
    double high = Math.log(HIGHEST);
    while (high - low > TOLERANCE) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (loss(Math.exp(left), probabilities, labels)
          <= loss(Math.exp(right), probabilities, labels)) {
        high = right;
      } else {
        low = left;
      }
    }
    return new Calibration(Math.exp((low + high) / 2), probabilities.size());
  }

  /**
   * Returns the same with a temperature that many times as high, which makes each reading less
   * sure.
   *
   * @param factor above 0
   */
  public Calibration times(double factor) {
    return new Calibration(temperature * factor, examples);
  }

  /** Returns the mean negative log-likelihood of the labels at a temperature, in nats. */
  static double loss(double temperature, List<float[]> probabilities, List<Integer> labels) {
    double sum = 0;
    for (int i = 0; i < probabilities.size(); i++) {
      float[] row = probabilities.get(i);
      double[] scaled = scaledLogits(row, temperature);
      double total = 0;
      for (double logit : scaled) {
        total += Math.exp(logit);
      }
      sum += Math.log(total) - scaled[labels.get(i)];
    }
    return sum / probabilities.size();
  }

  /**
   * Returns the calibrated probabilities.
   *
   * @param probabilities ten, together 1
   */
  public float[] apply(float[] probabilities) {
    double[] scaled = scaledLogits(probabilities, temperature);
    double total = 0;
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = Math.exp(scaled[i]);
      total += scaled[i];
    }
    float[] calibrated = new float[scaled.length];
    for (int i = 0; i < scaled.length; i++) {
      calibrated[i] = (float) (scaled[i] / total);
    }
    return calibrated;
  }

  /** Logits divided by the temperature, the greatest at 0. */
  private static double[] scaledLogits(float[] probabilities, double temperature) {
    double[] logits = new double[probabilities.length];
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Math.log(Math.max(probabilities[i], Float.MIN_VALUE)) / temperature;
      greatest = Math.max(greatest, logits[i]);
    }
    for (int i = 0; i < logits.length; i++) {
      logits[i] -= greatest;
    }
    return logits;
  }
}
