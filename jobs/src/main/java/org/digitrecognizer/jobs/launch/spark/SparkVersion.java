// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import java.util.List;
import org.apache.spark.package$;
import org.digitrecognizer.failure.UserException;

/** The Spark that runs the job, which is the user's, and those that the jar runs on. */
public final class SparkVersion {

  private static final List<Line> LINES = List.of(new Line("3.5", "2.12"), new Line("4", "2.13"));

  private SparkVersion() {}

  /**
   * @throws UserException if the jar does not run on this Spark, or not with its Scala
   */
  public static void require() {
    require(package$.MODULE$.SPARK_VERSION(), scala.util.Properties.versionNumberString());
  }

  static void require(String spark, String scala) {
    if (LINES.stream().noneMatch(line -> line.matches(spark, scala))) {
      throw new UserException(
          ("this is Spark %s with Scala %s, but the jar runs on Spark 3.5 with Scala 2.12 and on"
                  + " Spark 4 with Scala 2.13; let SPARK_HOME name such a one")
              .formatted(spark, scala));
    }
  }

  private record Line(String spark, String scala) {
    boolean matches(String otherSpark, String otherScala) {
      return otherSpark.startsWith(spark + ".") && otherScala.startsWith(scala + ".");
    }
  }
}
