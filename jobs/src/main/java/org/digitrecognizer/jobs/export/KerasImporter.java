// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.export;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.failure.UnreadableFile;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.launch.Version;
import org.digitrecognizer.keras.KerasFile;
import org.digitrecognizer.keras.KerasImport;
import org.digitrecognizer.model.Calibration;
import org.digitrecognizer.model.ModelDescription;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.model.ModelWriter;
import org.digitrecognizer.storage.OutputDirectory;

/**
 * Makes model directories of Keras models. All of one is written beside its place first, so that an
 * old model stays as it was if that fails.
 */
public final class KerasImporter {

  private static final String KIND = "model directory";
  private static final String STAGING = ".importing";

  private final Configuration conf;
  private final ImportOptions options;

  private KerasImporter(Configuration conf, ImportOptions options) {
    this.conf = conf;
    this.options = options;
  }

  /**
   * Makes one.
   *
   * @param conf Hadoop's settings, for file and output
   * @param sparkVersion for the model's description
   * @return what the model's description says
   * @throws UserException if the file is missing, damaged, or not to be converted, or the output
   *     exists
   * @throws IOException if the file system fails
   */
  public static ModelDescription run(Configuration conf, String sparkVersion, ImportOptions options)
      throws IOException {
    return new KerasImporter(conf, options).run(sparkVersion);
  }

  private ModelDescription run(String sparkVersion) throws IOException {
    FileSystem fileSystem = options.output().getFileSystem(conf);
    Path staging = options.output().suffix(STAGING);
    require(fileSystem, options.output(), options.overwrite());
    require(fileSystem, staging, true);
    KerasImport.Imported imported = read();
    ModelDescription description = description(imported, sparkVersion);
    try {
      write(imported, description, staging);
      ModelDirectory.move(fileSystem, staging, options.output());
    } finally {
      fileSystem.delete(staging, true);
    }
    return description;
  }

  private static void require(FileSystem fileSystem, Path directory, boolean overwrite)
      throws IOException {
    OutputDirectory.require(fileSystem, directory, overwrite, KIND, ModelDirectory::isOwn);
    OutputDirectory.requireMark(fileSystem, directory, KIND, ModelDirectory.MARKS);
  }

  private KerasImport.Imported read() throws IOException {
    Path file = options.file();
    FileSystem fileSystem = file.getFileSystem(conf);
    if (fileSystem.exists(file) && fileSystem.getFileStatus(file).isDirectory()) {
      throw new UserException(file + " is a directory; expected a .h5 file that Keras saved");
    }
    try (InputStream in = fileSystem.open(file)) {
      return KerasImport.read(in, file.toString());
    } catch (FileNotFoundException e) {
      UnreadableFile.refuse(fileSystem, file, e);
      throw new UserException(file + " does not exist; expected a .h5 file that Keras saved", e);
    } catch (ChecksumException e) {
      throw new UserException(file + " is damaged: its checksum does not match; copy it again", e);
    }
  }

  private ModelDescription description(KerasImport.Imported imported, String sparkVersion) {
    Map<String, Object> training = new LinkedHashMap<>();
    training.put("importedFrom", options.file().toString());
    training.put("kerasVersion", imported.kerasVersion());
    if (imported.learningRate() != null) {
      training.put("optimizer", "Adadelta");
      training.put("learningRate", imported.learningRate());
    }
    return new ModelDescription(
        ModelDescription.FORMAT_VERSION,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        "digit-recognizer " + Version.current(),
        ModelDescription.Shape.of(imported.network()),
        training,
        null,
        Map.of(),
        Calibration.none(),
        null,
        Version.environment(sparkVersion),
        Map.of());
  }

  private void write(KerasImport.Imported imported, ModelDescription description, Path directory)
      throws IOException {
    MultiLayerNetwork network = imported.network();
    ModelWriter writer = new ModelWriter(directory, conf);
    writer.network(network);
    writer.file(
        ModelDirectory.KERAS, out -> KerasFile.write(network, description.learningRate(), out));
    writer.finish(description);
  }
}
