// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.recipe;

import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.digitrecognizer.model.DigitNetwork;

/** A way of training a digit network. The same recipe, digits and seeds make the same network. */
public sealed interface Recipe extends ExampleMaker permits KerasRecipe, ScansRecipe {

  /** Returns Keras' example of MNIST: the digits as they are, at a learning rate that stays. */
  static Recipe keras(DigitNetwork.Options options) {
    return new KerasRecipe(options);
  }

  /**
   * Returns what reads real scans best: digits made to look like those on paper, images of what is
   * none, a deeper network with batch normalisation, and a learning rate that falls.
   *
   * @param seed of the initial weights
   * @param rho decay of Adadelta's averages, 0..1
   * @param epsilon of Adadelta
   * @param dropout share of dense activations dropped in training, 0..1
   * @param epochs over which the learning rate falls to 0
   */
  static Recipe scans(long seed, double rho, double epsilon, double dropout, int epochs) {
    return new ScansRecipe(seed, rho, epsilon, dropout, epochs);
  }

  /** Returns its name on the command line. */
  String name();

  /** Returns the network in stock layers, input {@code [batch, 28, 28, 1]}. */
  MultiLayerConfiguration configuration();

  /**
   * Returns what the learning rate is multiplied by.
   *
   * @param epoch from 1
   */
  double learningRateFactor(int epoch);

  /**
   * Returns what the temperature is multiplied by that is fitted on held-out digits, at least 1:
   * how much harder what is to be read is than what can be made of them.
   */
  double doubt();

  /** The epochs over which the learning rate falls, as {@link #recorded} names them. */
  String SCHEDULED_EPOCHS = "scheduledEpochs";

  /** What cuts digits out of what is drawn, as {@link #recorded} names it. */
  String NORMALISATION = "normalisation";

  /** Returns what has a say in the result, by name. */
  Map<String, Object> recorded();
}
