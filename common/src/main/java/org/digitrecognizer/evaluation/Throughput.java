// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

/**
 * How much was read in what time.
 *
 * @param images how many, rejects included
 * @param archives how many files they were in
 * @param bytes of those files
 * @param seconds that reading them took
 */
public record Throughput(long images, long archives, long bytes, double seconds) {

  /** Returns images a second; NaN if no time went by. */
  public double imagesPerSecond() {
    return seconds > 0 ? images / seconds : Double.NaN;
  }

  /** Returns bytes a second; NaN if no time went by. */
  public double bytesPerSecond() {
    return seconds > 0 ? bytes / seconds : Double.NaN;
  }
}
