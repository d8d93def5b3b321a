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
 * Writes a model as ONNX.
 *
 * <p>Input: a model directory. Output: an ONNX model of opset 13.
 *
 * <pre>submit/digits export-onnx --model work/model --output work/digits.onnx</pre>
 */
@Command(name = "export-onnx", description = "Writes a model as ONNX, without its calibration.")
public final class ExportOnnxJob extends Job {

  @Mixin private ModelOptions model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The .onnx file to write; any Hadoop URI.")
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
      Exporter.onnx(
          spark.sessionState().newHadoopConf(),
          new ExportOptions(model.directory(), model.sha256(), output, overwrite));
    }
    out().printf("ONNX model in %s%n", output);
    return DONE;
  }
}
