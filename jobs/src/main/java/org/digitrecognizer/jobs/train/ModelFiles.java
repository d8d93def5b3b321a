// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.train;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.evaluation.files.HistoryFile;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.dataset.DigitsDataset;
import org.digitrecognizer.jobs.launch.Version;
import org.digitrecognizer.keras.KerasFile;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.ModelDescription;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.model.ModelWriter;
import org.digitrecognizer.training.FastLayers;
import org.digitrecognizer.training.recipe.Recipe;

/** Describes a run's model, writes it, and tells whether an earlier run was the same. */
final class ModelFiles {

  private final TrainOptions options;
  private final DigitsDataset dataset;
  private final TrainingData data;
  private final String sparkVersion;

  ModelFiles(TrainOptions options, DigitsDataset dataset, TrainingData data, String sparkVersion) {
    this.options = options;
    this.dataset = dataset;
    this.data = data;
    this.sparkVersion = sparkVersion;
  }

  ModelDescription description(
      MultiLayerNetwork network, List<EpochRecord> history, Calibration calibration) {
    Map<String, Object> training = new LinkedHashMap<>(options.recorded());
    training.put("epochs", history.size());
    return new ModelDescription(
        ModelDescription.FORMAT_VERSION,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        "digit-recognizer " + Version.current(),
        ModelDescription.Shape.of(network),
        training,
        new ModelDescription.Data(
            options.data().toString(),
            dataset.description().fingerprint(),
            data.exampleCount(),
            data.validationCount()),
        metrics(history.get(history.size() - 1)),
        calibration,
        null,
        Version.environment(sparkVersion),
        Map.of());
  }

  private static Map<String, Double> metrics(EpochRecord last) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("loss", last.loss());
    metrics.put("accuracy", last.accuracy());
    metrics.put("valLoss", last.valLoss());
    metrics.put("valAccuracy", last.valAccuracy());
    return metrics;
  }

  /**
   * Refuses to go on with a run that had other options or other data.
   *
   * @param checkpoints where it is, for the message
   */
  void requireSameRun(ModelDescription earlier, Path checkpoints) {
    options
        .recorded()
        .forEach(
            (name, value) -> requireSame(name, earlier.training().get(name), value, checkpoints));
    if (!dataset.description().fingerprint().equals(earlier.data().fingerprint())) {
      throw new UserException(
          String.format(
              "%s was trained on another dataset than %s; resume with the same --data or pass"
                  + " --overwrite without --resume to start again",
              checkpoints, options.data()));
    }
  }

  private static void requireSame(String name, Object was, Object value, Path checkpoints) {
    if (Objects.toString(was).equals(Objects.toString(value))) {
      return;
    }
    throw new UserException(
        name.equals(Recipe.NORMALISATION)
            ? String.format(
                "%s was trained by a version that cuts digits out of scans in another way; pass"
                    + " --overwrite without --resume to start again",
                checkpoints)
            : String.format(
                "%s was trained with %s %s, this run has %s; pass %2$s %3$s to go on with"
                    + " it, or --overwrite without --resume to start again",
                checkpoints, option(name), was, value));
  }

  /**
   * Returns the option that a recorded name stands for: {@code batchSize}, {@code --batch-size}.
   */
  private static String option(String recorded) {
    if (recorded.equals(Recipe.SCHEDULED_EPOCHS)) {
      return "--epochs";
    }
    return "--" + recorded.replaceAll("(\\p{Upper})", "-$1").toLowerCase(Locale.ROOT);
  }

  /**
   * Writes the model directory: all of it beside the checkpoints first, so that a full disk leaves
   * an old model as it was, then file by file to its place, {@code model.json} last.
   */
  void write(
      MultiLayerNetwork network,
      List<EpochRecord> history,
      Calibration calibration,
      TrainingReport report,
      Checkpoints checkpoints,
      Configuration configuration)
      throws IOException {
    Path staging = checkpoints.staging();
    ModelWriter writer = new ModelWriter(staging, configuration);
    MultiLayerNetwork stock = FastLayers.toStock(network);
    if (options.updaterState()) {
      writer.network(stock);
    } else {
      writer.networkWithoutState(stock);
    }
    writer.file(ModelDirectory.KERAS, out -> KerasFile.write(network, options.learningRate(), out));
    writer.file(ModelDirectory.HISTORY, out -> HistoryFile.write(history, out));
    writer.file(ModelDirectory.REPORT, report::render);
    writer.finish(description(network, history, calibration));
    FileSystem fileSystem = options.model().getFileSystem(configuration);
    ModelDirectory.move(fileSystem, staging, options.model());
  }
}
