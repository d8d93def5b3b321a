// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.archive.ArchiveLimits;
import org.digitrecognizer.jobs.TestSpark;
import org.digitrecognizer.jobs.reading.EarlyModel;
import org.digitrecognizer.number.cut.CutLimits;
import org.digitrecognizer.review.AuditSize;
import org.digitrecognizer.scan.ScanLimits;

/**
 * What a run that finds nothing new costs over an output of many nights, beside one of a single
 * night: {@code NightsBenchmark MODEL [NIGHTS]}, on the test class path. Both in one warm process,
 * in turn, without the start of Spark.
 */
public final class NightsBenchmark {

  private static final int ROUNDS = 7;
  private static final double NANOS = 1e9;

  private final SparkSession spark = TestSpark.session();
  private final PrintWriter silent =
      new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  private final String model;

  private NightsBenchmark(String model) {
    this.model = model;
  }

  /** Measures, and prints the medians and their ratio. */
  public static void main(String[] arguments) throws IOException {
    int nights = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 400;
    new NightsBenchmark(arguments[0]).run(nights);
  }

  private void run(int nights) throws IOException {
    Path one = Files.createTempDirectory("one-night");
    Path many = Files.createTempDirectory("many-nights");
    score(one, 1);
    score(many, nights);
    double[] ofOne = new double[ROUNDS];
    double[] ofMany = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      ofOne[round] = seconds(one);
      ofMany[round] = seconds(many);
    }
    System.out.printf(
        "nothing new: over 1 night %.2f s, over %d nights %.2f s, ratio %.2f%n",
        median(ofOne), nights, median(ofMany), median(ofMany) / median(ofOne));
  }

  private void score(Path place, int nights) throws IOException {
    Files.createDirectories(place.resolve("in"));
    for (int night = 0; night < nights; night++) {
      Files.write(place.resolve("in").resolve(night + ".png"), Scans.png(night));
      run(options(place));
    }
  }

  private double seconds(Path place) throws IOException {
    long start = System.nanoTime();
    ScoreResult result = run(options(place));
    if (result.found() != 0) {
      throw new IllegalStateException("There was something new");
    }
    return (System.nanoTime() - start) / NANOS;
  }

  private ScoreResult run(ScoreOptions options) throws IOException {
    return Scorer.run(spark, options, EarlyModel.open(options.model(), null), silent);
  }

  private ScoreOptions options(Path place) {
    return new ScoreOptions(
        place.resolve("in").toString(),
        new org.apache.hadoop.fs.Path(model),
        null,
        new org.apache.hadoop.fs.Path(place.resolve("out").toUri()),
        null,
        null,
        null,
        100_000L,
        ArchiveLimits.DEFAULT,
        ScanLimits.DEFAULT,
        CutLimits.DEFAULT,
        0.001,
        SiteOptions.NONE,
        false,
        AuditSize.NONE,
        0,
        false,
        false);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
