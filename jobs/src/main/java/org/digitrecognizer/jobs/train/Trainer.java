// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.averaging.CalibrationFit;
import org.digitrecognizer.jobs.averaging.EpochPlan;
import org.digitrecognizer.jobs.averaging.ParameterAveraging;
import org.digitrecognizer.jobs.averaging.RunningMetrics;
import org.digitrecognizer.jobs.dataset.DigitsDataset;
import org.digitrecognizer.jobs.launch.console.Progress;
import org.digitrecognizer.jobs.launch.console.Stages;
import org.digitrecognizer.jobs.launch.spark.ExecutorCores;
import org.digitrecognizer.jobs.launch.spark.KryoTypes;
import org.digitrecognizer.jobs.reading.LabelledEvaluation;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.DamagedModelException;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.model.NativeLibrary;
import org.digitrecognizer.storage.OutputDirectory;
import org.digitrecognizer.training.FastLayers;

/**
 * Trains a digit network from a digits dataset to a model directory, with a checkpoint an epoch.
 */
public final class Trainer {

  private static final double NANOS = 1e9;

  private final JavaSparkContext context;
  private final Configuration configuration;
  private final TrainOptions options;
  private final DigitsDataset dataset;
  private final Checkpoints checkpoints;
  private final PrintWriter out;
  private final List<EpochRecord> history = new ArrayList<>();

  private Trainer(SparkSession spark, TrainOptions options, PrintWriter out) throws IOException {
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.configuration = spark.sessionState().newHadoopConf();
    this.out = out;
    this.checkpoints = new Checkpoints(options.model(), configuration);
    requireWritable(options);
    this.dataset = DigitsDataset.open(spark, options.data().toString());
    this.options =
        options.workers() > 0
            ? options
            : options.withWorkers(ExecutorCores.count(spark.sparkContext()));
  }

  /**
   * Trains.
   *
   * @param out gets a line an epoch and progress
   * @throws UserException if the dataset is none or empty, the output exists, a run cannot be
   *     resumed, or training diverges
   * @throws IOException if the file system fails
   */
  public static TrainResult run(SparkSession spark, TrainOptions options, PrintWriter out)
      throws IOException {
    // First of all: without it no checkpoint opens, and each would look damaged.
    NativeLibrary.require();
    KryoTypes.require(spark.sparkContext());
    return new Trainer(spark, options, out).run();
  }

  private void requireWritable(TrainOptions options) throws IOException {
    checkpoints.requireOwn();
    // A run that died while it moved its model into place has left some of it there.
    boolean halfMoved = options.resume() && checkpoints.exist() && !isModel(options.model());
    FileSystem fs = options.model().getFileSystem(configuration);
    OutputDirectory.require(
        fs,
        options.model(),
        options.overwrite() || halfMoved,
        "model directory",
        ModelDirectory::isOwn);
    if (!checkpoints.exist()) {
      OutputDirectory.requireMark(fs, options.model(), "model directory", ModelDirectory.MARKS);
    }
    if (checkpoints.exist() && !options.resume() && !options.overwrite()) {
      throw new UserException(
          checkpoints.directory()
              + " holds a training run that was cut short; pass --resume to go on with it or"
              + " --overwrite to start again");
    }
  }

  private boolean isModel(Path directory) throws IOException {
    try {
      ModelDirectory.open(directory, configuration, null);
      return true;
    } catch (DamagedModelException e) {
      return false;
    }
  }

  private TrainResult run() throws IOException {
    try (TrainingData data = load()) {
      ModelFiles files = new ModelFiles(options, dataset, data, context.version());
      MultiLayerNetwork network = start(files);
      say(data);
      finish(trainEpochs(network, data, files), data, files);
      return new TrainResult(options.model(), List.copyOf(history));
    }
  }

  private TrainingData load() {
    try (Stages stages = stages()) {
      stages.begin("Loading the digits of " + options.data());
      return TrainingData.load(
          dataset,
          options.data(),
          options.validationFraction(),
          options.seed(),
          options.workers() * 2);
    }
  }

  private Stages stages() {
    return Stages.of(out, context::setJobDescription);
  }

  private MultiLayerNetwork start(ModelFiles files) throws IOException {
    Optional<Checkpoints.Checkpoint> found =
        options.resume() ? checkpoints.latest(this::sayPassedOver) : Optional.empty();
    return found.isPresent() ? goOn(found.get(), files) : startAgain();
  }

  private void sayPassedOver(Path checkpoint) {
    out.printf("Passing over %s: it is damaged or was never finished.%n", checkpoint);
  }

  private MultiLayerNetwork goOn(Checkpoints.Checkpoint checkpoint, ModelFiles files) {
    files.requireSameRun(checkpoint.model().description(), checkpoints.directory());
    int epochs = checkpoint.history().size();
    if (epochs > options.epochs()) {
      throw new UserException(
          String.format(
              "%s has %d whole epochs, more than --epochs %d; pass --epochs %d or more, or"
                  + " --overwrite without --resume to start again",
              checkpoints.directory(), epochs, options.epochs(), epochs));
    }
    history.addAll(checkpoint.history());
    out.printf("Going on after epoch %d.%n", epochs);
    return FastLayers.speedUp(checkpoint.model().network());
  }

  private MultiLayerNetwork startAgain() throws IOException {
    MultiLayerNetwork stock = new MultiLayerNetwork(options.recipe().configuration());
    stock.init();
    MultiLayerNetwork network = FastLayers.speedUp(stock);
    if (options.resume()) {
      out.printf(
          "No whole epoch to go on after in %s; starting with the first.%n",
          checkpoints.directory());
    } else {
      // Only here, where all that the user may have mistyped has been read.
      checkpoints.delete();
    }
    return network;
  }

  private void say(TrainingData data) {
    out.printf(
        "Training on %,d digits, validating on %,d; %d workers, batches of %d.%n",
        data.exampleCount(), data.validationCount(), options.workers(), options.batchSize());
    out.flush();
  }

  private MultiLayerNetwork trainEpochs(
      MultiLayerNetwork start, TrainingData data, ModelFiles files) throws IOException {
    EpochPlan plan =
        new EpochPlan(
            data.exampleCount(),
            options.batchSize(),
            options.workers(),
            options.averagingFrequency());
    ParameterAveraging averaging =
        new ParameterAveraging(context, data.examples(), plan, options.recipe(), options.seed());
    MultiLayerNetwork network = start;
    double rate = 1;
    for (int epoch = history.size() + 1; epoch <= options.epochs(); epoch++) {
      double next = learningRate(epoch);
      if (next != rate) {
        network = FastLayers.withLearningRate(network, next);
        rate = next;
      }
      EpochRecord record = epoch(network, data, averaging, epoch);
      history.add(record);
      out.println(EpochLine.of(record, options.epochs()));
      out.flush();
      checkpoints.save(network, history, files.description(network, history, Calibration.none()));
    }
    return network;
  }

  private double learningRate(int epoch) {
    return options.learningRate() * options.recipe().learningRateFactor(epoch);
  }

  private EpochRecord epoch(
      MultiLayerNetwork network, TrainingData data, ParameterAveraging averaging, int epoch) {
    long start = System.nanoTime();
    Progress progress =
        Progress.of(
            String.format("Epoch %d/%d", epoch, options.epochs()),
            "images",
            data.exampleCount(),
            out);
    RunningMetrics running;
    try {
      running = averaging.trainEpoch(network, epoch, progress::add);
    } finally {
      progress.clear();
    }
    double trainSeconds = (System.nanoTime() - start) / NANOS;
    Double valLoss = null;
    Double valAccuracy = null;
    if (data.validationCount() > 0) {
      LabelledEvaluation validation =
          validate(network, Calibration.none(), data, 1, "the network of epoch " + epoch);
      valLoss = validation.loss();
      valAccuracy = validation.evaluation().confusion().accuracy();
    }
    return new EpochRecord(
        epoch,
        running.loss(),
        running.accuracy(),
        valLoss,
        valAccuracy,
        (System.nanoTime() - start) / NANOS,
        data.exampleCount() / trainSeconds);
  }

  private LabelledEvaluation validate(
      MultiLayerNetwork network,
      Calibration calibration,
      TrainingData data,
      int mistakes,
      String name) {
    context.setJobDescription("Validating");
    try (NetworkBroadcast broadcast = NetworkBroadcast.of(context, network, calibration)) {
      return LabelledEvaluation.run(data.validation(), broadcast, mistakes, name);
    } finally {
      context.setJobDescription(null);
    }
  }

  private void finish(MultiLayerNetwork network, TrainingData data, ModelFiles files)
      throws IOException {
    try (Stages stages = stages()) {
      stages.begin("Calibrating");
      Calibration calibration =
          CalibrationFit.on(context, network, data.validation(), options.recipe())
              .times(options.recipe().doubt());
      stages.begin("Validating the trained network");
      LabelledEvaluation validation =
          validate(network, calibration, data, TrainingReport.MISTAKES_SHOWN, "the network");
      stages.begin("Writing model and report to " + options.model());
      TrainingReport report = new TrainingReport(options, history, validation);
      files.write(network, history, calibration, report, checkpoints, configuration);
      checkpoints.delete();
    }
    out.printf(
        "Model in %s, report in %s/%s%n", options.model(), options.model(), ModelDirectory.REPORT);
  }
}
