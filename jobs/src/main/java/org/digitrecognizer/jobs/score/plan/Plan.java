// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import java.util.List;
import org.digitrecognizer.storage.StoredFile;

/**
 * What the saved plan of one batch comes to.
 *
 * @param batch its number, from 0
 * @param run number of the run that planned it, from 1
 * @param files how many there are
 * @param chunks how many the ranges make, numbered from 0
 * @param images how many of the images could be counted
 * @param uncounted ranges whose images can only be counted by reading them
 * @param bytes of all files
 * @param again files that an earlier batch had, too: their old rows go
 * @param ranges the Parquet files that hold the ranges
 */
public record Plan(
    long batch,
    long run,
    long files,
    long chunks,
    long images,
    long uncounted,
    long bytes,
    long again,
    List<StoredFile> ranges) {

  /** Returns how many images there are at the least, rejects included. */
  public long leastImages() {
    return images + uncounted;
  }
}
