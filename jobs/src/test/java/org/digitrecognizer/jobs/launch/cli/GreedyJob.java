// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.launch.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/** A job one of whose tasks asks for more memory than any test has, in a process of its own. */
@Command(name = "greedy", description = "Runs out of memory.")
public final class GreedyJob extends Job {

  /** Runs the job as {@code Digits} runs those that are shipped. */
  public static void main(String[] args) {
    System.exit(
        JobRunner.run(
            List.of(new GreedyJob()),
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            args));
  }

  @Override
  protected int run(SparkSession spark) {
    JavaRDD<Integer> lengths =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(List.of(Integer.MAX_VALUE - 8))
            .map(length -> new long[length].length);
    out().println(lengths.collect());
    return DONE;
  }
}
