// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.standing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.storage.JsonFile;
import org.digitrecognizer.storage.StoredFile;

/**
 * What all files of what stands were made from.
 *
 * @param answers names of the files of answers that were known
 */
record FinalState(List<String> answers, boolean doubleKey, List<Chunk> chunks) {

  static final String PART = "part-0.parquet";
  private static final String RECORD = "final.json";

  /**
   * A file, and what it was made from.
   *
   * @param read predictions or, with a form, numbers of the chunk; null if there are none
   * @param answers a checksum of what people decided of it
   * @param contradicted a checksum of those of its numbers that others contradict; 0 for none
   * @param conflicts how many conflicts have their first number in it
   * @param file null until it is written
   */
  record Chunk(
      long batch,
      long chunk,
      double threshold,
      CommitRecord.Part read,
      CommitRecord.Part rejected,
      long answers,
      long contradicted,
      long conflicts,
      StoredFile file) {

    String folder() {
      return OutputLayout.chunk(batch, chunk);
    }

    Path path(OutputLayout layout) {
      return new Path(new Path(layout.standing(), folder()), PART);
    }

    Chunk withFile(StoredFile other) {
      return new Chunk(
          batch, chunk, threshold, read, rejected, answers, contradicted, conflicts, other);
    }

    Chunk withConflicts(long checksum, long first) {
      return new Chunk(batch, chunk, threshold, read, rejected, answers, checksum, first, file);
    }

    /** Whether both are made from the same rows, thresholds and answers. */
    boolean hasSourcesOf(Chunk other) {
      return sources().equals(other.sources());
    }

    private Chunk sources() {
      return withFile(null).withConflicts(0, 0);
    }
  }

  /** Returns what was recorded; empty if there is nothing, or it is damaged. */
  static Optional<FinalState> read(FileSystem fs, OutputLayout layout) throws IOException {
    return JsonFile.readIfWhole(fs, new Path(layout.runs(), RECORD), FinalState.class);
  }

  void write(FileSystem fs, OutputLayout layout) throws IOException {
    JsonFile.seal(fs, new Path(layout.runs(), RECORD), this);
  }
}
