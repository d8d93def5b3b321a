// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.ingest;

import org.apache.spark.Partitioner;

/** Deals rows to partitions by their {@link ShuffleKey}. */
final class Shuffler extends Partitioner {

  private static final long serialVersionUID = 1L;

  private final int partitions;

  Shuffler(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    return ((ShuffleKey) key).partition(partitions);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shuffler shuffler && shuffler.partitions == partitions;
  }

  @Override
  public int hashCode() {
    return partitions;
  }
}
