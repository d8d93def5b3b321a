/**
 * Trains the digit network on Spark by parameter averaging: every worker trains a copy on
 * minibatches of its own, and after so many of them the parameters and the updater state of all
 * copies are averaged. {@link org.digitrecognizer.jobs.train.Trainer} does the work; the job around
 * it is its command line.
 */
package org.digitrecognizer.jobs.train;
