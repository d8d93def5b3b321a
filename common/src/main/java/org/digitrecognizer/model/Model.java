package org.digitrecognizer.model;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A model that was opened and checked.
 *
 * @param network with fast layers and updater state
 * @param description what {@code model.json} says
 * @param sha256 of {@code model.json}, in hexadecimal: names this model and no other
 */
public record Model(MultiLayerNetwork network, ModelDescription description, String sha256) {}
