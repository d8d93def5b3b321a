// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.export;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.console.Stages;
import org.digitrecognizer.model.ModelDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes a model directory of a Keras model.
 *
 * <p>Input: a whole model that Keras 2 or 3 saved as HDF5. Output: a model directory, without
 * history and report.
 *
 * <pre>submit/digits import-keras --h5 digits.h5 --output work/keras-model</pre>
 */
@Command(
    name = "import-keras",
    description =
        "Makes a model directory of a whole Keras model (.h5) that takes 28x28 pixels, 0 = paper, 1"
            + " = ink, and ends in a softmax over ten digits.")
public final class ImportKerasJob extends Job {

  @Option(
      names = "--h5",
      required = true,
      paramLabel = "FILE",
      description =
          "Model that Keras 2 or 3 saved as HDF5: model.save('model.h5'); any Hadoop URI.")
  private Path file;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Model directory to write; any Hadoop URI.")
  private Path output;

  @Option(
      names = "--overwrite",
      fallbackValue = "true",
      description = "Replace a model that exists.")
  private boolean overwrite;

  @Override
  protected int run(SparkSession spark) throws IOException {
    ModelDescription model = importModel(spark);
    out()
        .printf(
            "Model in %s: %d layers, %,d parameters; its confidences are not calibrated%n",
            output, model.network().layers().size(), model.network().parameters());
    return DONE;
  }

  private ModelDescription importModel(SparkSession spark) throws IOException {
    try (Stages stages = stages(spark)) {
      stages.begin("Importing " + file);
      return KerasImporter.run(
          spark.sessionState().newHadoopConf(),
          spark.version(),
          new ImportOptions(file, output, overwrite));
    }
  }
}
