package org.digitrecognizer.jobs.score;

import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** Makes out what is known of the truth. */
final class Truths {

  private Truths() {}

  /**
   * @throws org.digitrecognizer.failure.UserException if the labels are none
   */
  static Truth open(SparkSession spark, ScoreOptions options) throws IOException {
    if (options.labelPattern() != null) {
      return new LabelPattern(options.labelPattern());
    }
    return Truth.UNKNOWN;
  }
}
