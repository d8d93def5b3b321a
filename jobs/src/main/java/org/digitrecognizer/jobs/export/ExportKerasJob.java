// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.export;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.cli.Job;
import org.digitrecognizer.jobs.launch.console.Stages;
import org.digitrecognizer.jobs.reading.ModelOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Writes a model for Keras.
 *
 * <p>Input: a model directory. Output: a whole model that Keras 2 and 3 load.
 *
 * <pre>submit/digits export-keras --model work/model --output work/digits.h5</pre>
 */
@Command(name = "export-keras", description = "Writes a model as a whole Keras model (.h5).")
public final class ExportKerasJob extends Job {

  @Mixin private ModelOptions model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The .h5 file to write; any Hadoop URI.")
  private Path output;

  @Option(
      names = "--overwrite",
      fallbackValue = "true",
      description = "Replace a file that exists.")
  private boolean overwrite;

  @Override
  protected int run(SparkSession spark) throws IOException {
    try (Stages stages = stages(spark)) {
      stages.begin("Exporting " + model.directory());
      Exporter.keras(
          spark.sessionState().newHadoopConf(),
          new ExportOptions(model.directory(), model.sha256(), output, overwrite));
    }
    out().printf("Keras model in %s%n", output);
    return DONE;
  }
}
