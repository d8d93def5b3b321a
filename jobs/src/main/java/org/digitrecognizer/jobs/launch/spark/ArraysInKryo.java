// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.digitrecognizer.failure.UserException;

/**
 * ND4J's arrays where Spark is set to serialize with Kryo, which makes empty ones of them unless it
 * is told how they are written.
 */
public final class ArraysInKryo {

  private static final String SERIALIZER = "spark.serializer";
  private static final String REGISTRATOR = "spark.kryo.registrator";
  private static final String KRYO = "org.apache.spark.serializer.KryoSerializer";
  private static final String ND4J = "org.nd4j.kryo.Nd4jRegistrator";

  private ArraysInKryo() {}

  /** Adds ND4J's registrator to those of the site, where the site has set Kryo. */
  static void register(SparkConf conf) {
    if (!travel(conf)) {
      String others = conf.get(REGISTRATOR, "").strip();
      conf.set(REGISTRATOR, others.isEmpty() ? ND4J : others + "," + ND4J);
    }
  }

  /**
   * Fails where arrays cannot travel: in a session that somebody else started.
   *
   * @throws UserException if Spark is set to Kryo without ND4J's registrator
   */
  public static void require(SparkContext context) {
    if (!travel(context.conf())) {
      throw new UserException(
          "Spark is set to Kryo, which cannot send ND4J's arrays by itself; set "
              + REGISTRATOR
              + "="
              + ND4J
              + " where Spark is started");
    }
  }

  private static boolean travel(SparkConf conf) {
    return !conf.get(SERIALIZER, "").equals(KRYO)
        || Arrays.stream(conf.get(REGISTRATOR, "").split(","))
            .map(String::strip)
            .anyMatch(ND4J::equals);
  }
}
