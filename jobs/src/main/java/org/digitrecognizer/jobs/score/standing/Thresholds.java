// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.standing;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The lowest confidence that stands without a person, by batch: that of the run that read it. It is
 * looked up row by row, since a join costs Spark a job of its own for each query.
 */
public final class Thresholds {

  private final HashMap<Long, Double> byBatch;

  /**
   * @param byBatch 0..1, or more where nothing stands
   */
  public Thresholds(Map<Long, Double> byBatch) {
    this.byBatch = new HashMap<>(byBatch);
  }

  double of(long batch) {
    return byBatch.get(batch);
  }

  /** Returns the threshold of each row, by its column {@code batch}; null for a batch of no run. */
  public Column ofRows() {
    HashMap<Long, Double> thresholds = byBatch;
    UDF1<Long, Double> threshold = thresholds::get;
    return functions
        .udf(threshold, DataTypes.DoubleType)
        .apply(functions.col("batch").cast(DataTypes.LongType));
  }
}
