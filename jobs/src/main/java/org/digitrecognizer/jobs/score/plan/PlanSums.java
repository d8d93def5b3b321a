// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.digitrecognizer.storage.StoredFile;

/** Adds up what a plan comes to, from its ranges in the order of the files. */
final class PlanSums {

  private long files;
  private long chunks;
  private long images;
  private long uncounted;
  private long bytes;
  private long again;
  private String path;

  /**
   * Adds a range, a row of {@link PlanRows#SCHEMA}.
   *
   * @param chunk that it was dealt to
   */
  void add(Row range, long chunk) {
    String next = range.getAs(PlanRows.PATH);
    if (!next.equals(path)) {
      path = next;
      files++;
      bytes += range.<Long>getAs(PlanRows.LENGTH);
      again += Arrays.asList(PlanRows.AGAIN).contains(range.<String>getAs(PlanRows.DUE)) ? 1 : 0;
    }
    chunks = chunk + 1;
    long ofRange = range.<Long>getAs(PlanRows.FILES);
    images += Math.max(ofRange, 0);
    uncounted += ofRange < 0 ? 1 : 0;
  }

  /** Returns them as executors send them home: Kryo, to which Spark may be set, has no records. */
  long[] values() {
    return new long[] {files, chunks, images, uncounted, bytes, again};
  }

  /**
   * Returns the plan that has these sums.
   *
   * @param values as {@link #values} returns them
   */
  static Plan plan(long batch, long run, long[] values, List<StoredFile> ranges) {
    return new Plan(
        batch, run, values[0], values[1], values[2], values[3], values[4], values[5], ranges);
  }
}
