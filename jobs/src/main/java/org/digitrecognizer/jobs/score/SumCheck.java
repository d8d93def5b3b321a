package org.digitrecognizer.jobs.score;

import org.digitrecognizer.failure.UserException;

/** Scored + rejected = found: no image is lost silently, and none is there twice. */
final class SumCheck {

  private SumCheck() {}

  /**
   * Checks the rows of a chunk against what its tasks found while reading.
   *
   * @throws IllegalStateException if they differ
   */
  static void requireComplete(CommitRecord record) {
    if (record.scored() + record.rejectedCount() != record.found()) {
      throw new IllegalStateException(
          String.format(
              "Batch %d, chunk %d: found %,d images but wrote %,d readings and %,d rejects;"
                  + " nothing of it was committed",
              record.batch(),
              record.chunk(),
              record.found(),
              record.scored(),
              record.rejectedCount()));
    }
  }

  /**
   * Checks the rows that readers see against what all chunks found.
   *
   * @throws UserException if they differ
   */
  static void requireComplete(OutputLayout layout, long found, long scored, long rejected) {
    if (scored + rejected != found) {
      throw new UserException(
          String.format(
              "%s holds %,d readings and %,d rejects, but %,d images were found; someone else has"
                  + " changed it: choose a new --output, or pass --overwrite to score all of it"
                  + " again",
              layout.root(), scored, rejected, found));
    }
  }
}
