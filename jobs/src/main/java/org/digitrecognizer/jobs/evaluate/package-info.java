/**
 * Tells how good a model is on a labelled split of a digits dataset. {@link
 * org.digitrecognizer.jobs.evaluate.Evaluator} does the work; the job around it is its command
 * line.
 */
package org.digitrecognizer.jobs.evaluate;
