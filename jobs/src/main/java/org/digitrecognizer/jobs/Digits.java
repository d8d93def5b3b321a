// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.digitrecognizer.jobs.adapt.AdaptJob;
import org.digitrecognizer.jobs.correct.CorrectJob;
import org.digitrecognizer.jobs.evaluate.EvaluateJob;
import org.digitrecognizer.jobs.export.ExportKerasJob;
import org.digitrecognizer.jobs.export.ExportOnnxJob;
import org.digitrecognizer.jobs.export.ImportKerasJob;
import org.digitrecognizer.jobs.ingest.IngestJob;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.cli.JobRunner;
import org.digitrecognizer.jobs.launch.cli.StrayErrors;
import org.digitrecognizer.jobs.launch.spark.PlainDriver;
import org.digitrecognizer.jobs.samples.SamplesJob;
import org.digitrecognizer.jobs.score.ExpireJob;
import org.digitrecognizer.jobs.score.ScoreJob;
import org.digitrecognizer.jobs.train.TrainJob;

/** The main class for spark-submit: {@code Digits <job> [options]}. */
public final class Digits {

  private Digits() {}

  /**
   * Runs a job and ends the process with its exit status.
   *
   * @param args the job's name, then its options
   */
  public static void main(String[] args) {
    // Decimals in reports and CSV files must not depend on the machine.
    Locale.setDefault(Locale.US);
    PlainDriver.setProperties();
    Thread.setDefaultUncaughtExceptionHandler(new StrayErrors());
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = run(out, err, args);
    // On YARN an exit() in place of a return makes a job that succeeded count as failed.
    if (status != 0) {
      System.exit(status);
    }
  }

  /**
   * Runs a job in this JVM, for {@link #main} and for tests.
   *
   * @param out results and progress
   * @param err one line if it fails
   * @param args the job's name, then its options
   * @return the exit status: 0 done, 1 failed, 2 wrong usage, or what the job defines beyond
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return JobRunner.run(jobs(), out, err, args);
  }

  /** Returns a new instance of every job there is, in the order of the help text. */
  static List<Job> jobs() {
    return List.of(
        new IngestJob(),
        new TrainJob(),
        new EvaluateJob(),
        new ScoreJob(),
        new AdaptJob(),
        new CorrectJob(),
        new ExpireJob(),
        new SamplesJob(),
        new ExportKerasJob(),
        new ImportKerasJob(),
        new ExportOnnxJob());
  }
}
