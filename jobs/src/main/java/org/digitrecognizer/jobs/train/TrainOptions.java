// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.training.recipe.Recipe;

/**
 * What a training run is told.
 *
 * @param data the digits dataset
 * @param model the model directory to write
 * @param epochs how often every example is trained on
 * @param batchSize examples a minibatch
 * @param averagingFrequency minibatches a worker trains on between two averagings; 0 for a whole
 *     epoch's
 * @param workers how many train at the same time; 0 for as many as Spark has cores
 * @param seed of the initial weights, the validation part, the order of examples, and dropout
 * @param validationFraction share of the training split that is held out, 0..1
 * @param learningRate what Adadelta's step is multiplied by, before the recipe lets it fall
 * @param recipe the network, what it is trained on, the rest of Adadelta, and dropout
 * @param updaterState whether the model is written with Adadelta's state, which only training on
 *     needs
 * @param resume whether to go on after the last whole epoch of a run that was cut short
 * @param overwrite whether an existing model may be replaced
 */
public record TrainOptions(
    Path data,
    Path model,
    int epochs,
    int batchSize,
    int averagingFrequency,
    int workers,
    long seed,
    double validationFraction,
    double learningRate,
    Recipe recipe,
    boolean updaterState,
    boolean resume,
    boolean overwrite) {

  /** Returns the same options with a number of workers. */
  TrainOptions withWorkers(int count) {
    return new TrainOptions(
        data,
        model,
        epochs,
        batchSize,
        averagingFrequency,
        count,
        seed,
        validationFraction,
        learningRate,
        recipe,
        updaterState,
        resume,
        overwrite);
  }

  /** Returns what has a say in the result, by name; two runs that agree in it can be one. */
  Map<String, Object> recorded() {
    Map<String, Object> recorded = new LinkedHashMap<>();
    recorded.put("batchSize", batchSize);
    recorded.put("averagingFrequency", averagingFrequency);
    recorded.put("workers", workers);
    recorded.put("seed", seed);
    recorded.put("validationFraction", validationFraction);
    recorded.put("optimizer", "Adadelta");
    recorded.put("learningRate", learningRate);
    recorded.put("recipe", recipe.name());
    recorded.putAll(recipe.recorded());
    return recorded;
  }
}
