/**
 * What is trained, on what, and how fast it learns. {@link
 * org.digitrecognizer.training.recipe.Recipe} is the door: training asks a recipe for the network,
 * the examples of each minibatch and the learning rate of each epoch, and knows nothing else of it.
 */
package org.digitrecognizer.training.recipe;
