// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.evaluate;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.cli.OptionCheck;
import org.digitrecognizer.jobs.launch.console.Stages;
import org.digitrecognizer.jobs.reading.ModelOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Evaluates a model.
 *
 * <p>Input: a digits dataset and a model directory. Output: report/index.html, metrics.json and
 * confusion.csv.
 *
 * <pre>submit/digits evaluate --data work/dataset --model work/model --output work/evaluation</pre>
 */
@Command(
    name = "evaluate",
    description = "Reads a labelled split with a model and reports how well that went.")
public final class EvaluateJob extends Job {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Digits dataset that 'digits ingest' wrote; any Hadoop URI.")
  private Path data;

  @Mixin private ModelOptions model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Where the report goes; any Hadoop URI.")
  private Path output;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "test",
      description = "Split of the dataset that is read.")
  private String split;

  @Option(
      names = "--target-error",
      paramLabel = "SHARE",
      defaultValue = "0.001",
      description =
          "Error rate, 0 to 1, that what is read without a person may have; chooses the threshold.")
  private double targetError;

  @Option(
      names = "--overwrite",
      fallbackValue = "true",
      description = "Replace a report that exists.")
  private boolean overwrite;

  @Override
  protected void check(OptionCheck check) {
    check.inRange("--target-error", targetError, 0.0, 1.0);
  }

  @Override
  protected int run(SparkSession spark) throws IOException {
    EvaluateResult result = evaluate(spark);
    Metrics metrics = result.metrics();
    out()
        .printf(
            "Accuracy %.4f on %,d digits, macro F1 %.4f, calibration error %.4f%n",
            metrics.accuracy(),
            metrics.labelled(),
            metrics.macroF1(),
            metrics.expectedCalibrationError());
    out().printf("Report in %s%n", result.report());
    return DONE;
  }

  private EvaluateResult evaluate(SparkSession spark) throws IOException {
    try (Stages stages = stages(spark)) {
      return Evaluator.run(
          spark,
          new EvaluateOptions(
              data, split, model.directory(), model.sha256(), output, targetError, overwrite),
          stages);
    }
  }
}
