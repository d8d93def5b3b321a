// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.run;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts the images of this run while executors read them.
 *
 * @param scored that were read
 * @param rejected that were not
 * @param unplanned those of both that the plan did not count, as the second page of a file
 */
public record ImageCounters(
    LongAccumulator scored, LongAccumulator rejected, LongAccumulator unplanned)
    implements Serializable {

  public static ImageCounters of(SparkContext context) {
    return new ImageCounters(
        context.longAccumulator("scored"),
        context.longAccumulator("rejected"),
        context.longAccumulator("unplanned"));
  }

  /** Returns how many are done. */
  public long done() {
    return scored.value() + rejected.value();
  }
}
