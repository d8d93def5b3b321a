// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.storage.StoredFile;

/**
 * The files of many plans as they were last planned, in one Parquet file: a run reads it in the
 * place of one a night.
 *
 * @param batch the last whose plan is in it
 * @param file in {@link OutputLayout#foldedFiles}
 */
public record FoldedFiles(long batch, StoredFile file) {

  Path path(OutputLayout layout) {
    return new Path(layout.foldedFiles(batch), file.name());
  }

  /** Reads all of it, and returns whether it is as it was written. */
  public boolean isWhole(FileSystem fs, OutputLayout layout) throws IOException {
    return file.hasBytes(fs, path(layout));
  }
}
