// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import java.io.Serializable;

/**
 * Who trains on what in an epoch. The examples in their order make minibatches; minibatches are
 * dealt out to the workers in turn; a round ends, and parameters are averaged, when every worker
 * has had as many as the averaging frequency says.
 *
 * @param examples how many there are, at least 1
 * @param batchSize examples a minibatch; the last may be smaller
 * @param workers how many train at the same time
 * @param averagingFrequency minibatches a worker trains on between two averagings; 0 for a whole
 *     epoch's
 */
public record EpochPlan(long examples, int batchSize, int workers, int averagingFrequency)
    implements Serializable {

  /** Returns how many minibatches there are. */
  long minibatches() {
    return ceilDiv(examples, batchSize);
  }

  /** Returns how many minibatches a worker has in a round at most. */
  long minibatchesPerWorker() {
    return averagingFrequency == 0 ? ceilDiv(minibatches(), workers) : averagingFrequency;
  }

  /** Returns how often parameters are averaged. */
  int rounds() {
    return Math.toIntExact(ceilDiv(minibatches(), minibatchesPerWorker() * workers));
  }

  /** Returns how many partitions hold an epoch: one a worker and round. */
  int partitions() {
    return rounds() * workers;
  }

  /**
   * Returns where an example is trained on.
   *
   * @param place of the example in the epoch's order, 0 … examples-1
   * @return round × workers + worker
   */
  int partition(long place) {
    long minibatch = place / batchSize;
    long round = minibatch / (minibatchesPerWorker() * workers);
    return Math.toIntExact(round * workers + minibatch % workers);
  }

  /** Returns how many examples a round has. */
  long examplesInRound(int round) {
    long perRound = minibatchesPerWorker() * workers * batchSize;
    return Math.min(perRound, examples - round * perRound);
  }

  private static long ceilDiv(long a, long b) {
    return (a + b - 1) / b;
  }
}
