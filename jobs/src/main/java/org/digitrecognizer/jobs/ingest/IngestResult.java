// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.ingest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.digitrecognizer.jobs.dataset.DatasetDescription;
import org.digitrecognizer.jobs.dataset.SplitCounts;
import org.digitrecognizer.mnist.SourceFile;

/**
 * What was ingested.
 *
 * @param splits the counts of each split by its name
 * @param sources the files they came from
 * @param written what the dataset's description says, or nothing after a dry run
 */
public record IngestResult(
    Map<String, SplitCounts> splits,
    List<SourceFile> sources,
    Optional<DatasetDescription> written) {}
