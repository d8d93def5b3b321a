// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.ingest;

import org.apache.hadoop.fs.Path;

/**
 * What to ingest and how.
 *
 * @param source the directory with the four files of MNIST
 * @param output where the dataset is to be
 * @param overwrite whether a dataset that is there may be replaced
 * @param seed of the order of the rows
 * @param partitions how many parts to deal the rows into, at least 1; a part is a file a split
 * @param dryRun whether to check everything and write nothing
 */
public record IngestOptions(
    Path source, Path output, boolean overwrite, long seed, int partitions, boolean dryRun) {}
