// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.evaluate;

import org.apache.hadoop.fs.Path;
import org.digitrecognizer.evaluation.Metrics;

/**
 * What an evaluation came to.
 *
 * @param metrics as in metrics.json
 * @param report the page
 */
public record EvaluateResult(Metrics metrics, Path report) {}
