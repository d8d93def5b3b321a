// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.cli.OptionCheck;
import org.digitrecognizer.jobs.reading.ModelOptions;
import org.digitrecognizer.reading.labels.LabelPattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Adapts a model to the hands of a site.
 *
 * <p>Input: a model directory, archives of scans, their labels, a digits dataset. Output: a model
 * directory.
 *
 * <pre>submit/digits adapt --model models/scans --archives scans.zip --labels labels.csv --output
 * work/adapted</pre>
 */
@Command(
    name = "adapt",
    description =
        "Trains a model on with a site's labelled scans and MNIST together, and writes a new model"
            + " directory if it is shown to read the site's scans better and MNIST no worse.")
public final class AdaptJob extends Job {

  @Mixin private ModelOptions model;

  @Option(
      names = "--archives",
      required = true,
      paramLabel = "URI",
      description =
          "Labelled scans, as 'digits score' takes them: a directory, a file, or a glob of either.")
  private String archives;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "True digits: a CSV file with a column 'label' and a column 'source' or 'entry'. This or"
              + " --label-pattern is needed.")
  private Path labels;

  @Option(
      names = "--label-pattern",
      paramLabel = "REGEX",
      description = "Where a scan's name tells the digit: a regular expression with one group.")
  private String labelPattern;

  @Option(
      names = "--origin-pattern",
      paramLabel = "REGEX",
      description =
          "Where a scan's name tells whose hand it is: a regular expression with one group. Without"
              + " it an archive is of one hand, or a folder where there is one archive.")
  private String originPattern;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Digits dataset that is trained on as well. Default: the one that the model was trained"
              + " on.")
  private Path data;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Model directory to write; any Hadoop URI.")
  private Path output;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "16",
      description = "How often each of three networks is trained on every scan, at least 1.")
  private int epochs;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      defaultValue = "0.002",
      description = "Of Adam, at the beginning; it falls to 0. Above 0.")
  private double learningRate;

  @Option(
      names = "--held-back",
      paramLabel = "SHARE",
      defaultValue = "0.3",
      description = "Share of the scans that is held back to judge by, 0.05 to 0.9.")
  private double heldBack;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of what is held back, and of what is made of the scans in training.")
  private long seed;

  @Option(
      names = "--overwrite",
      fallbackValue = "true",
      description = "Replace a model that exists, if the new one is better.")
  private boolean overwrite;

  @Override
  protected void check(OptionCheck check) {
    check.inRange("--epochs", epochs, 1, Integer.MAX_VALUE);
    check.require(learningRate > 0, "--learning-rate", learningRate, "above 0");
    check.inRange("--held-back", heldBack, 0.05, 0.9);
    check.require(
        (labels == null) != (labelPattern == null),
        "--labels",
        labels,
        "given, or --label-pattern, and not both");
    checkPattern(check, "--label-pattern", labelPattern);
    checkPattern(check, "--origin-pattern", originPattern);
  }

  private static void checkPattern(OptionCheck check, String option, String pattern) {
    if (pattern == null) {
      return;
    }
    try {
      LabelPattern.check(pattern);
    } catch (IllegalArgumentException e) {
      check.require(
          false, option, pattern, "a regular expression with one group: " + e.getMessage());
    }
  }

  @Override
  protected String whenStopped() {
    return "stopped before a model was written; run the same command again";
  }

  @Override
  protected int run(SparkSession spark) throws IOException {
    AdaptOptions options =
        new AdaptOptions(
            model.directory(),
            model.sha256(),
            archives,
            labels,
            labelPattern,
            originPattern,
            data,
            output,
            epochs,
            learningRate,
            heldBack,
            seed,
            overwrite);
    AdaptResult result = Adapter.run(spark, options, out());
    out().printf("Model in %s%n", result.model());
    return DONE;
  }
}
