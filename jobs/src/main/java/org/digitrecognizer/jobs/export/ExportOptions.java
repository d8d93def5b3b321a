// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.export;

import org.apache.hadoop.fs.Path;

/**
 * Which model goes where.
 *
 * @param model the model directory
 * @param modelSha256 what model.json must have, in hexadecimal; null for any
 * @param output the file to write
 * @param overwrite whether a file that is there may be replaced
 */
public record ExportOptions(Path model, String modelSha256, Path output, boolean overwrite) {}
