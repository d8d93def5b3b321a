// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.evaluate;

import org.apache.hadoop.fs.Path;

/**
 * What an evaluation is told.
 *
 * @param data the digits dataset
 * @param split of it that is read
 * @param model the model directory
 * @param modelSha256 of its model.json in hexadecimal; null for any
 * @param output where the report goes
 * @param targetError the error rate that what is read without a person may have, 0..1
 * @param overwrite whether a report that is there may be replaced
 */
public record EvaluateOptions(
    Path data,
    String split,
    Path model,
    String modelSha256,
    Path output,
    double targetError,
    boolean overwrite) {}
