package org.digitrecognizer.jobs.score.output;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What makes a chunk done: predictions and rejects at once.
 *
 * @param batch number of the batch
 * @param chunk number of the chunk in it, from 0
 * @param predictions the file of predictions; null if there are none
 * @param rejected the file of rejects; null if there are none
 * @param found how many images were found while reading
 * @param planned how many there were to be at the least, by the plan of the ranges that were read;
 *     stays when rows go because their files are read again
 * @param seconds that it took; of the time that it ran beside the one before, none
 * @param finishedAt ISO 8601, UTC
 */
public record CommitRecord(
    long batch,
    long chunk,
    Part predictions,
    Part rejected,
    long found,
    long planned,
    double seconds,
    String finishedAt) {

  /**
   * A file of rows.
   *
   * @param name of the file, the same when staged and when published
   * @param length in bytes
   * @param rows how many
   */
  public record Part(String name, long length, long rows) {}

  /** Returns the record of what is left of the chunk. */
  CommitRecord with(Part otherPredictions, Part otherRejected) {
    long rows = rows(otherPredictions) + rows(otherRejected);
    return new CommitRecord(
        batch, chunk, otherPredictions, otherRejected, rows, planned, seconds, finishedAt);
  }

  @JsonIgnore
  public long scored() {
    return rows(predictions);
  }

  @JsonIgnore
  public long rejectedCount() {
    return rows(rejected);
  }

  private static long rows(Part part) {
    return part == null ? 0 : part.rows();
  }
}
