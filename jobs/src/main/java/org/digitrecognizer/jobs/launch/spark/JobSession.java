// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.spark;

import java.io.PrintWriter;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.console.Stages;
import scala.Option;

/**
 * A job's Spark session. One that was made here is stopped at the end; where a notebook or a test
 * has one running already, the job works in a session beside it and leaves the context running.
 */
public final class JobSession implements AutoCloseable {

  /** What a job is started by, and what spark-submit calls an application for want of a name. */
  public static final String MAIN_CLASS = "org.digitrecognizer.jobs.Digits";

  private static final String STARTING = "Starting Spark";

  /** Set by submit/digits to the number of the process that has said that Spark is starting. */
  private static final String SAID_BY = "DIGITS_STARTING";

  private static final String APP_NAME = "spark.app.name";

  private final SparkSession spark;
  private final boolean owned;
  private final Optional<ExecutorWatch> watch;

  private JobSession(SparkSession spark, boolean owned, PrintWriter out) {
    this.spark = spark;
    this.owned = owned;
    this.watch = ExecutorWatch.over(spark.sparkContext(), out);
  }

  /**
   * @param name shown in the Spark UI, unless the user named it
   * @param out told where the job stands still for want of an executor, and what a driver that was
   *     not started by submit/digits would have needed
   */
  public static JobSession open(String name, SparkSettings settings, PrintWriter out) {
    Option<SparkSession> running = SparkSession.getDefaultSession();
    if (running.isDefined() && !running.get().sparkContext().isStopped()) {
      return new JobSession(beside(running.get(), settings), false, out);
    }
    SparkConf conf = settings.applyTo(named(new SparkConf(), name));
    PlainDriver.lacks(conf).ifPresent(out::println);
    return new JobSession(start(conf, out), true, out);
  }

  private static SparkSession start(SparkConf conf, PrintWriter out) {
    try (Stages stages = Stages.of(out)) {
      if (saidByLauncher()) {
        stages.goOn(STARTING);
      } else {
        stages.begin(STARTING);
      }
      return SparkSession.builder().config(conf).getOrCreate();
    }
  }

  /** The launcher becomes this process, whose number stays, and has said it a second ago. */
  private static boolean saidByLauncher() {
    return String.valueOf(ProcessHandle.current().pid()).equals(System.getenv(SAID_BY));
  }

  static SparkConf named(SparkConf conf, String name) {
    return conf.get(APP_NAME, MAIN_CLASS).equals(MAIN_CLASS) ? conf.set(APP_NAME, name) : conf;
  }

  private static SparkSession beside(SparkSession running, SparkSettings settings) {
    SparkSession spark = running.newSession();
    settings
        .required()
        .forEach(
            (key, value) -> {
              if (spark.conf().isModifiable(key)) {
                spark.conf().set(key, value);
              }
            });
    return spark;
  }

  public SparkSession spark() {
    return spark;
  }

  @Override
  public void close() {
    watch.ifPresent(ExecutorWatch::close);
    if (owned) {
      spark.stop();
    }
  }
}
