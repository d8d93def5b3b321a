// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.evaluation.EpochRecord;

/**
 * What a training run came to.
 *
 * @param model the directory that was written
 * @param history an entry an epoch, those of a run that was resumed included
 */
public record TrainResult(Path model, List<EpochRecord> history) {}
