package org.digitrecognizer.jobs.train;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.cli.OptionCheck;
import org.digitrecognizer.model.DigitNetwork;
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
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "12",
      description = "How often every digit is trained on, at least 1.")
  private int epochs;

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
      names = "--convolution-dropout",
      paramLabel = "SHARE",
      defaultValue = "0.25",
      description = "Share of the pooled activations dropped while training, 0 to 0.9.")
  private double convolutionDropout;

  @Option(
      names = "--dense-dropout",
      paramLabel = "SHARE",
      defaultValue = "0.5",
      description = "Share of the dense activations dropped while training, 0 to 0.9.")
  private double denseDropout;

  @Mixin private LayerOptions layers;

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
    check.inRange("--epochs", epochs, 1, Integer.MAX_VALUE);
    check.inRange("--batch-size", batchSize, 1, Integer.MAX_VALUE);
    check.inRange("--averaging-frequency", averagingFrequency, 0, Integer.MAX_VALUE);
    check.inRange("--workers", workers, 0, Integer.MAX_VALUE);
    check.inRange("--validation-fraction", validationFraction, 0.0, 0.9);
    check.require(learningRate > 0, "--learning-rate", learningRate, "above 0");
    check.inRange("--rho", rho, 0.0, 1.0);
    check.require(epsilon > 0, "--epsilon", epsilon, "above 0");
    check.inRange("--convolution-dropout", convolutionDropout, 0.0, 0.9);
    check.inRange("--dense-dropout", denseDropout, 0.0, 0.9);
    layers.check(check);
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
            new DigitNetwork.Options(
                seed, rho, epsilon, convolutionDropout, denseDropout, layers.layers()),
            resume,
            overwrite);
    Trainer.run(spark, options, out());
    return DONE;
  }
}
