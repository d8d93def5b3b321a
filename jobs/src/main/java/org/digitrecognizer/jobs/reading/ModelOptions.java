// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.reading;

import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The options of a job that reads with a trained model; a picocli mixin. */
public final class ModelOptions {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Model directory, as 'digits train' writes it; any Hadoop URI.")
  private Path directory;

  @Option(
      names = "--model-sha256",
      paramLabel = "HEX",
      description = "Refuse a model whose model.json has another SHA-256.")
  private String sha256;

  /** Returns the model directory. */
  public Path directory() {
    return directory;
  }

  /** Returns the SHA-256 that model.json must have, in hexadecimal; null for any. */
  public String sha256() {
    return sha256;
  }
}
