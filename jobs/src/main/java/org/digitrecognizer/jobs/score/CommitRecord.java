package org.digitrecognizer.jobs.score;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What makes a chunk done: predictions and rejects at once.
 *
 * @param batch number of the batch
 * @param chunk number of the chunk in it, from 0
 * @param predictions the file of predictions; null if there are none
 * @param rejected the file of rejects; null if there are none
 * @param found how many images were found while reading
 * @param seconds that it took
 * @param finishedAt ISO 8601, UTC
 */
record CommitRecord(
    long batch,
    long chunk,
    Part predictions,
    Part rejected,
    long found,
    double seconds,
    String finishedAt) {

  /**
   * A file of rows.
   *
   * @param name of the file, the same when staged and when published
   * @param length in bytes
   * @param rows how many
   */
  record Part(String name, long length, long rows) {}

  @JsonIgnore
  long scored() {
    return predictions == null ? 0 : predictions.rows();
  }

  @JsonIgnore
  long rejectedCount() {
    return rejected == null ? 0 : rejected.rows();
  }
}
