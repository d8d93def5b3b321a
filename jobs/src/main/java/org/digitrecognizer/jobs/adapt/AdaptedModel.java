// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.adapt;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.jobs.launch.Version;
import org.digitrecognizer.keras.KerasFile;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDescription;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.model.ModelWriter;
import org.digitrecognizer.model.StoredNetwork;
import org.digitrecognizer.storage.OutputDirectory;

/** The model directory that an adaptation writes: all of it beside its place first. */
final class AdaptedModel {

  private static final String KIND = "model directory";
  private static final String STAGING = ".adapting";

  private final AdaptOptions options;
  private final Configuration configuration;
  private final String sparkVersion;

  AdaptedModel(AdaptOptions options, Configuration configuration, String sparkVersion) {
    this.options = options;
    this.configuration = configuration;
    this.sparkVersion = sparkVersion;
  }

  /**
   * @throws org.digitrecognizer.failure.UserException if something else stands there, or a model
   *     that may not be replaced
   */
  void requireWritable() throws IOException {
    FileSystem fileSystem = options.output().getFileSystem(configuration);
    require(fileSystem, options.output(), options.overwrite());
    require(fileSystem, staging(), true);
  }

  private static void require(FileSystem fileSystem, Path directory, boolean overwrite)
      throws IOException {
    OutputDirectory.require(fileSystem, directory, overwrite, KIND, ModelDirectory::isOwn);
    OutputDirectory.requireMark(fileSystem, directory, KIND, ModelDirectory.MARKS);
  }

  private Path staging() {
    return options.output().suffix(STAGING);
  }

  /**
   * @param share how far the network is on the way from the parent to the mean of those trained on,
   *     0..1
   */
  void write(
      Model parent,
      StoredNetwork stored,
      double share,
      Calibration calibration,
      ModelDescription.Parent judged)
      throws IOException {
    FileSystem fileSystem = options.output().getFileSystem(configuration);
    ModelDescription was = parent.description();
    try {
      MultiLayerNetwork network = stored.network();
      ModelWriter writer = new ModelWriter(staging(), configuration);
      writer.networkWithoutState(network);
      writer.file(ModelDirectory.KERAS, out -> KerasFile.write(network, was.learningRate(), out));
      writer.finish(
          new ModelDescription(
              ModelDescription.FORMAT_VERSION,
              Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
              "digit-recognizer " + Version.current(),
              was.network(),
              training(was, share),
              was.data(),
              was.metrics(),
              calibration,
              judged,
              Version.environment(sparkVersion),
              Map.of()));
      ModelDirectory.move(fileSystem, staging(), options.output());
    } finally {
      fileSystem.delete(staging(), true);
    }
  }

  private Map<String, Object> training(ModelDescription was, double share) {
    Map<String, Object> training = new LinkedHashMap<>(was.training());
    training.put("adaptedOn", options.archives());
    training.put("adaptationEpochs", options.epochs());
    training.put("adaptationLearningRate", options.learningRate());
    training.put("adaptationSeed", options.seed());
    training.put("adaptationNetworks", SiteTraining.NETWORKS);
    training.put("adaptationShare", share);
    return training;
  }
}
