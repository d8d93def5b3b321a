// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What one epoch of training came to: a line of history.jsonl.
 *
 * @param epoch counted from 1
 * @param loss mean cross entropy over the training part
 * @param accuracy over the training part, 0..1
 * @param valLoss mean cross entropy over the validation part; null if there is none
 * @param valAccuracy over the validation part, 0..1; null if there is none
 * @param seconds that the epoch took, validation included
 * @param imagesPerSecond trained
 */
@JsonPropertyOrder({
  "epoch",
  "loss",
  "accuracy",
  "valLoss",
  "valAccuracy",
  "seconds",
  "imagesPerSecond"
})
public record EpochRecord(
    int epoch,
    double loss,
    double accuracy,
    Double valLoss,
    Double valAccuracy,
    double seconds,
    double imagesPerSecond) {}
