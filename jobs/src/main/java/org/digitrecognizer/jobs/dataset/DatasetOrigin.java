// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.dataset;

import java.util.List;
import java.util.Map;
import org.digitrecognizer.mnist.SourceFile;

/**
 * What a writer knows of the rows it is given.
 *
 * @param seed of their order
 * @param partitions how many parts they were dealt into
 * @param splits how many there must be in each split
 * @param sources the files they come from
 */
public record DatasetOrigin(
    long seed, int partitions, Map<String, SplitCounts> splits, List<SourceFile> sources) {}
