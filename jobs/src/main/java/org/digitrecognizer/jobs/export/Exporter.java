// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.export;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.digitrecognizer.keras.KerasFile;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.model.ModelDirectory;
import org.digitrecognizer.onnx.OnnxFile;
import org.digitrecognizer.storage.FileContent;
import org.digitrecognizer.storage.StagedFile;

/** Writes models as files for other programs. */
public final class Exporter {

  private Exporter() {}

  /**
   * Writes a whole Keras model in HDF5.
   *
   * @param conf Hadoop's settings, for model and output
   * @throws org.digitrecognizer.failure.UserException if the model is none or damaged, has a layer
   *     without counterpart, or the output exists
   * @throws IOException if the file system fails
   */
  public static void keras(Configuration conf, ExportOptions options) throws IOException {
    export(
        conf,
        options,
        model -> out -> KerasFile.write(model.network(), model.description().learningRate(), out));
  }

  /**
   * Writes an ONNX model.
   *
   * @param conf Hadoop's settings, for model and output
   * @throws org.digitrecognizer.failure.UserException if the model is none or damaged, has a layer
   *     without counterpart, or the output exists
   * @throws IOException if the file system fails
   */
  public static void onnx(Configuration conf, ExportOptions options) throws IOException {
    export(
        conf,
        options,
        model -> out -> OnnxFile.write(model.stored(), model.description().calibration(), out));
  }

  private interface Format {
    FileContent of(Model model);
  }

  private static void export(Configuration conf, ExportOptions options, Format format)
      throws IOException {
    StagedFile output = new StagedFile(options.output().getFileSystem(conf), options.output());
    output.requireWritable(options.overwrite());
    Model model = ModelDirectory.open(options.model(), conf, options.modelSha256());
    output.write(format.of(model));
  }
}
