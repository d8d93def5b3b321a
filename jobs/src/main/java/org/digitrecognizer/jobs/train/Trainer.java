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
import org.digitrecognizer.backend.FastLayers;
import org.digitrecognizer.backend.NativeLibrary;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.dataset.DigitsDataset;
import org.digitrecognizer.jobs.launch.ExecutorCores;
import org.digitrecognizer.jobs.launch.OutputDirectory;
import org.digitrecognizer.jobs.launch.Progress;
import org.digitrecognizer.jobs.reading.LabelledEvaluation;
import org.digitrecognizer.jobs.reading.NetworkBroadcast;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.model.ModelDirectory;

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
   * @throws UserException if the dataset is none or empty, the output exists, or a run cannot be
   *     resumed
   * @throws IOException if the file system fails
   */
  public static TrainResult run(SparkSession spark, TrainOptions options, PrintWriter out)
      throws IOException {
    return new Trainer(spark, options, out).run();
  }

  private void requireWritable(TrainOptions options) throws IOException {
    FileSystem fs = options.model().getFileSystem(configuration);
    // A run that died while it moved its model into place has left some of it there.
    boolean halfMoved =
        options.resume()
            && checkpoints.exist()
            && !fs.exists(new Path(options.model(), ModelDirectory.DESCRIPTION));
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
    if (options.overwrite() && !options.resume()) {
      checkpoints.delete();
    }
  }

  private TrainResult run() throws IOException {
    try (TrainingData data =
        TrainingData.load(
            dataset,
            options.data(),
            options.validationFraction(),
            options.seed(),
            options.workers() * 2)) {
      ModelFiles files = new ModelFiles(options, dataset, data, context.version());
      MultiLayerNetwork network = start(files);
      say(data);
      trainEpochs(network, data, files);
      finish(network, data, files);
      return new TrainResult(options.model(), List.copyOf(history));
    }
  }

  private MultiLayerNetwork start(ModelFiles files) throws IOException {
    NativeLibrary.require();
    Optional<Checkpoints.Checkpoint> found =
        options.resume() ? checkpoints.latest() : Optional.empty();
    MultiLayerNetwork network;
    if (found.isPresent()) {
      files.requireSameRun(found.get().model().description(), checkpoints.directory());
      history.addAll(found.get().history());
      network = found.get().model().network();
      out.printf("Going on after epoch %d.%n", history.size());
    } else {
      MultiLayerNetwork stock =
          new MultiLayerNetwork(DigitNetwork.configuration(options.network()));
      stock.init();
      network = FastLayers.speedUp(stock);
    }
    return FastLayers.withLearningRate(network, options.learningRate());
  }

  private void say(TrainingData data) {
    out.printf(
        "Training on %,d digits, validating on %,d; %d workers, batches of %d.%n",
        data.exampleCount(), data.validationCount(), options.workers(), options.batchSize());
    out.flush();
  }

  private void trainEpochs(MultiLayerNetwork network, TrainingData data, ModelFiles files)
      throws IOException {
    EpochPlan plan =
        new EpochPlan(
            data.exampleCount(),
            options.batchSize(),
            options.workers(),
            options.averagingFrequency());
    ParameterAveraging averaging =
        new ParameterAveraging(context, data.examples(), plan, options.seed());
    for (int epoch = history.size() + 1; epoch <= options.epochs(); epoch++) {
      EpochRecord record = epoch(network, data, averaging, epoch);
      history.add(record);
      out.println(EpochLine.of(record, options.epochs()));
      out.flush();
      checkpoints.save(network, history, files.description(network, history, Calibration.none()));
    }
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
      LabelledEvaluation validation = validate(network, Calibration.none(), data, 1);
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
      MultiLayerNetwork network, Calibration calibration, TrainingData data, int mistakes) {
    context.setJobDescription("Validating");
    try (NetworkBroadcast broadcast = NetworkBroadcast.of(context, network, calibration)) {
      return LabelledEvaluation.run(data.validation(), broadcast, mistakes);
    } finally {
      context.setJobDescription(null);
    }
  }

  private void finish(MultiLayerNetwork network, TrainingData data, ModelFiles files)
      throws IOException {
    Calibration calibration = CalibrationFit.on(context, network, data.validation());
    LabelledEvaluation validation =
        validate(network, calibration, data, TrainingReport.MISTAKES_SHOWN);
    TrainingReport report = new TrainingReport(options, history, validation);
    files.write(network, history, calibration, report, checkpoints, configuration);
    checkpoints.delete();
    out.printf(
        "Model in %s, report in %s/%s%n", options.model(), options.model(), ModelDirectory.REPORT);
  }
}
