package org.digitrecognizer.jobs.score.report;

/**
 * A run that came to its end.
 *
 * @param run its number, from 1
 * @param batches how far the batches of new files have got: the number of the last one
 * @param extraBatches how far those of files that were read later, or again, have got: the lowest
 *     number, which is negative; 0 if there are none
 * @param finishedAt ISO 8601, UTC
 */
public record RunRecord(long run, long batches, long extraBatches, String finishedAt) {

  /** What there is before the first run. */
  public static final RunRecord NONE = new RunRecord(0, -1, 0, null);

  /** Whether a batch is newer than this run. */
  public boolean isNew(long batch) {
    return batch >= 0 ? batch > batches : batch < extraBatches;
  }
}
