package org.digitrecognizer.jobs.launch.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/** Hadoop's configuration where no Spark session is running yet or any more. */
public final class HadoopSettings {

  private static final String PREFIX = "spark.hadoop.";

  private HadoopSettings() {}

  /** Returns what a session would have: the class path's files and {@code spark.hadoop.*}. */
  public static Configuration withoutSession() {
    Configuration conf = new Configuration();
    for (Tuple2<String, String> setting : new SparkConf().getAllWithPrefix(PREFIX)) {
      conf.set(setting._1(), setting._2());
    }
    return conf;
  }
}
