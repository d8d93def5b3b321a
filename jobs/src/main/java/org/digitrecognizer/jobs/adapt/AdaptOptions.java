// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import java.io.Serializable;
import org.apache.hadoop.fs.Path;

/**
 * What an adaptation is told.
 *
 * @param model the model directory to start from
 * @param modelSha256 of its model.json in hexadecimal; null for any
 * @param archives labelled scans: a directory, a file, or a glob of either
 * @param labels a CSV file of true digits; null for none
 * @param labelPattern a regular expression whose one group is the digit in an entry's name; null
 *     for none
 * @param originPattern a regular expression whose one group names what scans have in common that
 *     are of one hand; null for their archive or folder
 * @param data the digits dataset that is trained on as well; null for that of the model
 * @param output the model directory to write
 * @param epochs how often every scan is trained on
 * @param learningRate of Adam, at the beginning
 * @param heldBack share of the scans that is held back to judge by, 0..1
 * @param seed of what is held back, the order, and what examples are made of the scans
 * @param overwrite whether an existing model may be replaced
 */
public record AdaptOptions(
    Path model,
    String modelSha256,
    String archives,
    Path labels,
    String labelPattern,
    String originPattern,
    Path data,
    Path output,
    int epochs,
    double learningRate,
    double heldBack,
    long seed,
    boolean overwrite)
    implements Serializable {}
