// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.storage.JsonFile;

/**
 * Batches whose rows were dropped since they were old, and what these rows came to. Once it is
 * written the rows count no more, whether their files are still there or not; the records of their
 * chunks stay as they are.
 *
 * @param batches their numbers
 * @param totals of all their rows, by the labels in them
 * @param gone whether all files are gone; else a death came in between
 */
public record ExpiredRows(List<Long> batches, Evaluation totals, boolean gone) {

  private static final String FILE = "expired.json";

  /**
   * Returns those of an output; none, if nothing ever expired.
   *
   * @throws org.digitrecognizer.failure.UserException if the file is damaged
   */
  public static ExpiredRows of(FileSystem fs, OutputLayout layout) throws IOException {
    Path file = file(layout);
    return fs.exists(file)
        ? JsonFile.read(
            fs,
            file,
            ExpiredRows.class,
            "put the file back, choose a new --output, or pass --overwrite to score all of it"
                + " again")
        : new ExpiredRows(List.of(), new Evaluation(), true);
  }

  private static Path file(OutputLayout layout) {
    return new Path(layout.runs(), FILE);
  }

  /** Whether the rows of a chunk count no more. */
  public boolean has(CommitRecord record) {
    return batches.contains(record.batch());
  }

  /**
   * Lets more batches expire.
   *
   * @param ofThem what their rows come to
   */
  public void add(FileSystem fs, OutputLayout layout, List<Long> more, Evaluation ofThem)
      throws IOException {
    Evaluation sum = new Evaluation();
    sum.merge(totals);
    sum.merge(ofThem);
    List<Long> all = Stream.concat(batches.stream(), more.stream()).sorted().toList();
    ExpiredRows next = new ExpiredRows(all, sum, false);
    JsonFile.seal(fs, file(layout), next);
    next.finish(fs, layout);
  }

  /** Deletes the files, unless that was done. */
  public void finish(FileSystem fs, OutputLayout layout) throws IOException {
    if (gone) {
      return;
    }
    for (long batch : batches) {
      for (Path kind :
          List.of(layout.predictions(), layout.rejected(), layout.numbers(), layout.standing())) {
        fs.delete(new Path(kind, "batch=" + batch), true);
      }
    }
    JsonFile.seal(fs, file(layout), new ExpiredRows(batches, totals, true));
  }
}
