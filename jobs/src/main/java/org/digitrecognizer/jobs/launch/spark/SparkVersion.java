package org.digitrecognizer.jobs.launch.spark;

import org.apache.spark.package$;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.launch.Version;

/** The Spark that runs the job, which is the user's, beside the one that the jar was built for. */
public final class SparkVersion {

  private SparkVersion() {}

  /**
   * @throws UserException if another Spark than the jar's line of versions, or another Scala, runs
   *     this
   */
  public static void require() {
    require(package$.MODULE$.SPARK_VERSION(), scala.util.Properties.versionNumberString());
  }

  static void require(String spark, String scala) {
    String neededSpark = line(Version.spark());
    String neededScala = Version.scala();
    if (!line(spark).equals(neededSpark) || !line(scala).equals(neededScala)) {
      throw new UserException(
          "this is Spark %s with Scala %s, but the jar is for Spark %s with Scala %s;"
                  .formatted(spark, scala, neededSpark, neededScala)
              + " let SPARK_HOME name such a one");
    }
  }

  /** Returns the first two numbers of a version. */
  private static String line(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*$", "$1");
  }
}
