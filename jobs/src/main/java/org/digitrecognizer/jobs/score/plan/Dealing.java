// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import java.util.Iterator;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Deals ranges out to chunks as they come, in the order of the files: rows of {@link
 * PlanRows#SCHEMA} become rows of {@link PlanRows#DEALT_SCHEMA}. A range whose first image is the
 * n-th goes to chunk n / stride. Chunks to which none goes get no number.
 */
final class Dealing implements Iterator<Row> {

  private final Iterator<Row> ranges;
  private final long stride;
  private final PlanSums sums = new PlanSums();
  private final Consumer<long[]> whenDone;

  /** How many images the ranges before have. */
  private long start;

  private long chunk = -1;

  /** The chunk as it would be if each had a number. */
  private long place = -1;

  /**
   * @param stride at least 1
   * @param whenDone takes {@link PlanSums#values} when the last has been dealt
   */
  Dealing(Iterator<Row> ranges, long stride, Consumer<long[]> whenDone) {
    this.ranges = ranges;
    this.stride = stride;
    this.whenDone = whenDone;
  }

  @Override
  public boolean hasNext() {
    return ranges.hasNext();
  }

  @Override
  public Row next() {
    Row range = ranges.next();
    if (start / stride != place) {
      place = start / stride;
      chunk++;
    }
    Object[] values = new Object[range.size() + 1];
    for (int i = 0; i < range.size(); i++) {
      values[i] = range.get(i);
    }
    values[range.size()] = chunk;
    start += range.<Long>getAs(PlanRows.WEIGHT);
    sums.add(range, chunk);
    if (!ranges.hasNext()) {
      whenDone.accept(sums.values());
    }
    return RowFactory.create(values);
  }
}
