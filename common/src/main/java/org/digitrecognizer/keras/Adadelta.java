// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import com.fasterxml.jackson.databind.JsonNode;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** What {@code training_config} says of the optimizer, which is kept if it is Adadelta. */
final class Adadelta {

  private Adadelta() {}

  /** Returns the same optimizer, or plain gradient descent in place of another than Adadelta. */
  static IUpdater of(JsonNode training) {
    JsonNode optimizer = training.path("optimizer_config");
    if (!optimizer.path("class_name").asText().equals("Adadelta")) {
      return new Sgd();
    }
    JsonNode config = optimizer.path("config");
    return new AdaDelta(
        config.path("rho").asDouble(AdaDelta.DEFAULT_ADADELTA_RHO),
        config.path("epsilon").asDouble(AdaDelta.DEFAULT_ADADELTA_EPSILON));
  }

  /** Returns what Adadelta's step is multiplied by; null if it was another optimizer. */
  static Double learningRate(JsonNode training) {
    JsonNode optimizer = training.path("optimizer_config");
    return optimizer.path("class_name").asText().equals("Adadelta")
        ? Double.valueOf(optimizer.path("config").path("learning_rate").asDouble(1))
        : null;
  }
}
