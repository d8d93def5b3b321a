// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.cli.OptionCheck;
import org.digitrecognizer.training.recipe.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Trains the network.
 *
 * <p>Input: a digits dataset. Output: a model directory.
 *
 * <pre>submit/digits train --data work/dataset --model work/model</pre>
 */
@Command(
    name = "train",
    description = "Trains the digit network on a digits dataset and writes a model directory.")
public final class TrainJob extends Job {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Digits dataset that 'digits ingest' wrote; any Hadoop URI.")
  private Path data;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Model directory to write; any Hadoop URI.")
  private Path model;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      defaultValue = "keras",
      description =
          "keras: Keras' example of MNIST, on the digits as they are; scans: what reads real scans"
              + " best, on digits made to look like those on paper. Default: ${DEFAULT-VALUE}.")
  private RecipeName recipe;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "How often every digit is trained on, at least 1. Default: 12, with --recipe scans 36.")
  private Integer epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "128",
      description = "Digits a minibatch, at least 1.")
  private int batchSize;

  @Option(
      names = "--averaging-frequency",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "Minibatches a worker trains on between two averagings of the parameters, at least 1; 0"
              + " for a whole epoch's.")
  private int averagingFrequency;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Copies that train at the same time, at least 1; 0 for as many as Spark has cores.")
  private int workers;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Of the initial weights, the validation part, the order of digits, and dropout.")
  private long seed;

  @Option(
      names = "--validation-fraction",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description = "Share of the training split that is held out to validate, 0 to 0.9.")
  private double validationFraction;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      defaultValue = "1.0",
      description = "What Adadelta's step is multiplied by, above 0.")
  private double learningRate;

  @Option(
      names = "--rho",
      paramLabel = "RHO",
      defaultValue = "0.95",
      description = "Decay of Adadelta's averages, 0 to 1.")
  private double rho;

  @Option(
      names = "--epsilon",
      paramLabel = "EPSILON",
      defaultValue = "1e-6",
      description = "Adadelta's smallest step size, above 0.")
  private double epsilon;

  @Option(
      names = "--dense-dropout",
      paramLabel = "SHARE",
      description =
          "Share of the dense activations dropped while training, 0 to 0.9. Default: 0.5, with"
              + " --recipe scans 0.3.")
  private Double denseDropout;

  @Mixin private LayerOptions layers;

  @Option(
      names = "--without-updater-state",
      fallbackValue = "true",
      description =
          "Leave Adadelta's state out of network.zip, two thirds of it, which only training on"
              + " needs.")
  private boolean withoutUpdaterState;

  @Option(
      names = "--resume",
      fallbackValue = "true",
      description = "Go on after the last whole epoch of a run that was cut short.")
  private boolean resume;

  @Option(
      names = "--overwrite",
      fallbackValue = "true",
      description = "Replace a model that exists, once the new one is trained.")
  private boolean overwrite;

  @Override
  protected void check(OptionCheck check) {
    if (epochs == null) {
      epochs = recipe.epochs;
    }
    if (denseDropout == null) {
      denseDropout = recipe.denseDropout;
    }
    check.inRange("--epochs", epochs, 1, Integer.MAX_VALUE);
    check.inRange("--batch-size", batchSize, 1, Integer.MAX_VALUE);
    check.inRange("--averaging-frequency", averagingFrequency, 0, Integer.MAX_VALUE);
    check.inRange("--workers", workers, 0, Integer.MAX_VALUE);
    check.inRange("--validation-fraction", validationFraction, 0.0, 0.9);
    check.require(learningRate > 0, "--learning-rate", learningRate, "above 0");
    check.inRange("--rho", rho, 0.0, 1.0);
    check.require(epsilon > 0, "--epsilon", epsilon, "above 0");
    check.inRange("--dense-dropout", denseDropout, 0.0, 0.9);
    layers.check(check, recipe);
  }

  @Override
  protected String whenStopped() {
    return "stopped; run the same command with --resume to go on after the last whole epoch";
  }

  @Override
  protected int run(SparkSession spark) throws IOException {
    TrainOptions options =
        new TrainOptions(
            data,
            model,
            epochs,
            batchSize,
            averagingFrequency,
            workers,
            seed,
            validationFraction,
            learningRate,
            recipe(),
            !withoutUpdaterState,
            resume,
            overwrite);
    Trainer.run(spark, options, out());
    return DONE;
  }

  private Recipe recipe() {
    return switch (recipe) {
      case keras -> Recipe.keras(layers.options(seed, rho, epsilon, denseDropout));
      case scans -> Recipe.scans(seed, rho, epsilon, denseDropout, epochs);
    };
  }
}
