// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.digitrecognizer.storage.StoredFile;

/**
 * Ranges that were dealt out to chunks.
 *
 * @param rows of {@link PlanRows#DEALT_SCHEMA}, in one partition
 * @param sums of the plan, once the rows were written; of a task that was tried again Spark takes
 *     only what the last try added
 */
public record DealtRanges(Dataset<Row> rows, CollectionAccumulator<long[]> sums) {

  /** Returns the plan that was written. */
  Plan written(long batch, long run, List<StoredFile> ranges) {
    List<long[]> all = sums.value();
    if (all.size() != 1) {
      throw new IllegalStateException("One task writes a plan, but " + all.size() + " did");
    }
    return PlanSums.plan(batch, run, all.get(0), ranges);
  }
}
