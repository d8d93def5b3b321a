// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import org.digitrecognizer.storage.StoredFile;

/**
 * What makes a chunk done: predictions, rejects, numbers and pictures at once.
 *
 * @param batch number of the batch, from 0
 * @param chunk number of the chunk in it, from 0
 * @param run number of the run that committed it, from 1
 * @param predictions the file of predictions; null if there are none
 * @param rejected the file of rejects; null if there are none
 * @param numbers the file of numbers; null if there are none, as without a form
 * @param pictures the file of what a person may have to look at; null if there is none
 * @param found how many images were found while reading
 * @param planned how many there were to be at the least, by the plan of the ranges that were read;
 *     stays when rows go because their files are read again
 * @param unread rejects that another attempt may read
 * @param seconds that it took; of the time that it ran beside the one before, none
 * @param finishedAt ISO 8601, UTC
 */
public record CommitRecord(
    long batch,
    long chunk,
    long run,
    Part predictions,
    Part rejected,
    Part numbers,
    Part pictures,
    long found,
    long planned,
    long unread,
    double seconds,
    String finishedAt) {

  /**
   * A file of rows.
   *
   * @param file its name is the same when staged and when published
   * @param rows how many
   */
  public record Part(StoredFile file, long rows) {}

  /** Returns the record of what is left of the chunk. */
  CommitRecord with(
      Part otherPredictions,
      Part otherRejected,
      Part otherNumbers,
      Part otherPictures,
      long otherUnread) {
    long images = rows(numbers == null ? otherPredictions : otherNumbers) + rows(otherRejected);
    long left = madeOfCells() ? 0 : images;
    return new CommitRecord(
        batch,
        chunk,
        run,
        otherPredictions,
        otherRejected,
        otherNumbers,
        otherPictures,
        left,
        planned,
        otherUnread,
        seconds,
        finishedAt);
  }

  /**
   * Returns the record of the numbers that the cells of a batch make.
   *
   * @param chunk the number behind that of the batch's last chunk
   * @param numbers the file of numbers; null if there are none
   * @param pictures the file of those that a person may have to look at; null if there are none
   */
  public static CommitRecord ofCells(
      long batch,
      long chunk,
      long run,
      Part numbers,
      Part pictures,
      double seconds,
      String finishedAt) {
    return new CommitRecord(
        batch, chunk, run, null, null, numbers, pictures, 0, 0, 0, seconds, finishedAt);
  }

  /** Whether it is of the numbers that the cells of a batch make, and of no image. */
  public boolean madeOfCells() {
    return found == 0 && planned == 0 && predictions == null && rejected == null;
  }

  /** Returns how many images were read: each has a reading or, with a form, a number. */
  public long scored() {
    return madeOfCells() ? 0 : rows(numbers == null ? predictions : numbers);
  }

  /** Returns how many rows of readings there are: with a form, one a digit. */
  public long readings() {
    return rows(predictions);
  }

  /** Returns how many numbers there are. */
  public long numbersCount() {
    return rows(numbers);
  }

  /**
   * Returns how many rows a report counts: with a form numbers, else readings, and rejects.
   *
   * @param ofNumbers whether there is a form
   */
  public long counted(boolean ofNumbers) {
    return (ofNumbers ? numbersCount() : readings()) + rejectedCount();
  }

  /** Returns how many rejects there are. */
  public long rejectedCount() {
    return rows(rejected);
  }

  private static long rows(Part part) {
    return part == null ? 0 : part.rows();
  }
}
