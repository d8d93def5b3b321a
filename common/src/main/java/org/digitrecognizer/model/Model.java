// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A model that was opened and checked.
 *
 * @param stored the network as it lies there; what only reads needs no more
 * @param description what {@code model.json} says
 * @param sha256 of {@code model.json}, in hexadecimal: names this model and no other
 */
public record Model(StoredNetwork stored, ModelDescription description, String sha256) {

  /** Makes a network of stock layers of it, with its updater state: what is to be trained. */
  public MultiLayerNetwork network() {
    return stored.network();
  }
}
