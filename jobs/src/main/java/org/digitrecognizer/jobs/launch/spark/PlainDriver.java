// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * A driver that plain spark-submit started: what submit/digits would have set is set as far as a
 * running JVM can, and the rest is said.
 */
public final class PlainDriver {

  /** What DL4J and the JDK read when they are first used. */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "java.awt.headless", "true",
          // DL4J would write a file into the current directory when memory runs out.
          "org.deeplearning4j.crash.reporting.enabled", "false");

  /** What conf/spark-local.conf gives a driver, less what the JVM keeps of it to itself. */
  private static final long ENOUGH_HEAP = 1800L << 20;

  private PlainDriver() {}

  /** Sets the system properties that are set by nobody; must come before all else. */
  public static void setProperties() {
    PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }

  /** Returns a line on what this process lacks and cannot get any more, if there is anything. */
  static Optional<String> lacks(SparkConf conf) {
    return lacks(
        conf,
        System.getenv(),
        System.getProperty("sun.jnu.encoding"),
        Runtime.getRuntime().maxMemory());
  }

  static Optional<String> lacks(
      SparkConf conf, Map<String, String> environment, String nameEncoding, long heap) {
    List<String> lacking = new ArrayList<>();
    boolean computes = conf.get("spark.master", "").startsWith("local");
    if (computes && heap < ENOUGH_HEAP && !conf.contains("spark.driver.memory")) {
      lacking.add("--driver-memory 2g");
    }
    if (computes && !environment.containsKey("OMP_NUM_THREADS")) {
      lacking.add("OMP_NUM_THREADS=1 in the environment (threads inside tasks slow all of them)");
    }
    if (!"UTF-8".equalsIgnoreCase(nameEncoding)) {
      lacking.add(
          "LC_ALL=C.UTF-8 in the environment (files with letters beyond ASCII in their names cannot"
              + " be opened)");
    }
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Started without submit/digits, which would have seen to: "
                + String.join("; ", lacking));
  }
}
