// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.storage.NioLocalFileSystem;

/** The one Spark session that all tests of a JVM share; the JVM's end stops it. */
public final class TestSpark {

  private static SparkSession session;

  static {
    NioLocalFileSystem.install();
  }

  private TestSpark() {}

  /** Returns a session with two cores, loopback only, without UI. */
  public static synchronized SparkSession session() {
    if (session == null || session.sparkContext().isStopped()) {
      session =
          SparkSession.builder()
              .master("local[2]")
              .appName("tests")
              .config("spark.ui.enabled", "false")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.sql.session.timeZone", "UTC")
              .getOrCreate();
    }
    return session;
  }
}
