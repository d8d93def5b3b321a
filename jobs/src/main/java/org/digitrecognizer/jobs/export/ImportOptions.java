// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.export;

import org.apache.hadoop.fs.Path;

/**
 * Which Keras model becomes a model directory.
 *
 * @param file a whole Keras model in HDF5
 * @param output the model directory to write
 * @param overwrite whether a model that is there may be replaced
 */
public record ImportOptions(Path file, Path output, boolean overwrite) {}
