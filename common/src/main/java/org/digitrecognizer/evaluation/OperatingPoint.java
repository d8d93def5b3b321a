// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

/**
 * One threshold on the confidence, and what it comes to: readings at or above it stand without a
 * person, those below go to one.
 *
 * @param threshold the lowest confidence that stands, 0..1
 * @param automated how many readings are at or above it
 * @param review how many are below it
 * @param labelled how many of the automated have a label
 * @param wrong how many of the labelled are wrong
 * @param errorRate how wrong the automated are, 0..1, NaN if that is unknown: counted where there
 *     are labels, else the mean of 1 - confidence
 * @param errorBound what the error rate must be feared to be: the upper Wilson bound (95 %) where
 *     it was counted, else {@code errorRate}
 */
public record OperatingPoint(
    double threshold,
    long automated,
    long review,
    long labelled,
    long wrong,
    double errorRate,
    double errorBound) {

  /** Returns which share of the readings stands without a person, 0..1. */
  public double automatedShare() {
    return (double) automated / (automated + review);
  }

  /** Returns which share of the readings goes to a person, 0..1. */
  public double reviewShare() {
    return (double) review / (automated + review);
  }
}
