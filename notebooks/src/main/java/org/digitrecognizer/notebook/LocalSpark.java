// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import org.apache.spark.sql.SparkSession;

/** Spark in the notebook's own process. */
public final class LocalSpark {

  private LocalSpark() {}

  /** Returns the session, with all cores, for this machine alone, without its page. */
  public static SparkSession session() {
    return SparkSession.builder()
        .master("local[*]")
        .appName("Notebook")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate();
  }
}
