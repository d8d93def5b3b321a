// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.digitrecognizer.failure.UserException;

/**
 * Scored + rejected = found, and found is all that was planned: no image is lost silently, and none
 * is there twice.
 */
public final class SumCheck {

  private SumCheck() {}

  /**
   * Checks the rows of a chunk against what its tasks found while reading, and that against the
   * plan. More may be found than was planned: pages, and what could not be counted before.
   *
   * @param planned images in the ranges of the chunk, at the least
   * @throws IllegalStateException if something is missing
   */
  public static void requireComplete(CommitRecord record, long planned) {
    if (record.planned() != planned || record.found() < planned) {
      throw new IllegalStateException(
          String.format(
              "Batch %d, chunk %d: of %,d images that were planned, ranges with %,d were read and"
                  + " %,d images found; nothing of it was committed",
              record.batch(), record.chunk(), planned, record.planned(), record.found()));
    }
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
   * Checks that all that was ever planned has been read.
   *
   * @param plans how many images there were to be at the least, by batch
   * @throws UserException if a chunk's record is missing
   */
  public static void requireComplete(
      OutputLayout layout, Map<Long, Long> plans, List<CommitRecord> records) {
    Map<Long, Long> read =
        records.stream()
            .collect(
                Collectors.groupingBy(
                    CommitRecord::batch, Collectors.summingLong(CommitRecord::planned)));
    plans.forEach(
        (batch, planned) -> {
          long images = read.getOrDefault(batch, 0L);
          if (images != planned) {
            throw new UserException(
                String.format(
                    "%s was to have %,d images of batch %d, but its records are of %,d; the output"
                        + " is damaged: choose a new --output, or pass --overwrite to score all of"
                        + " it again",
                    layout.root(), planned, batch, images));
          }
        });
  }

  /**
   * Checks the rows that readers see against what all chunks found.
   *
   * @throws UserException if they differ
   */
  public static void requireComplete(OutputLayout layout, long found, long scored, long rejected) {
    if (scored + rejected != found) {
      throw new UserException(
          String.format(
              "%s holds %,d readings and %,d rejects, but %,d images were found; someone else has"
                  + " changed it: choose a new --output, or pass --overwrite to score all of it"
                  + " again",
              layout.root(), scored, rejected, found));
    }
  }

  /**
   * Checks that each field of each sheet of which a cell was found has its number.
   *
   * @param fields how many there are, counted by the cells
   * @param numbers how many numbers were written, whatever there is of them
   * @throws IllegalStateException if they differ
   */
  public static void requireNumbers(long batch, long fields, long numbers) {
    if (fields != numbers) {
      throw new IllegalStateException(
          String.format(
              "Batch %d: its cells are of %,d fields, but %,d numbers were put together; none of"
                  + " them was committed",
              batch, fields, numbers));
    }
  }
}
