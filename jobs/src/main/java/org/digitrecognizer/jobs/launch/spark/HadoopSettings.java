// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Hadoop's configuration where no Spark session is running yet or any more. */
public final class HadoopSettings {

  private HadoopSettings() {}

  /**
   * Returns what a session would have: the class path's files, {@code spark.hadoop.*} and what the
   * environment says of Amazon's keys.
   */
  public static Configuration withoutSession() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }
}
