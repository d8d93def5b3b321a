// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.ingest;

import java.io.Serializable;
import java.util.Comparator;
import java.util.SplittableRandom;

/**
 * Where a row comes in the shuffled order. Depends on nothing but seed, split and id, so the same
 * seed gives the same order on any cluster. No record: Spark may be set to serialize with Kryo,
 * which cannot make records.
 */
final class ShuffleKey implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String split;
  private final long random;
  private final long id;

  private ShuffleKey(String split, long random, long id) {
    this.split = split;
    this.random = random;
    this.id = id;
  }

  static ShuffleKey of(long seed, String split, long id) {
    long splitSeed = new SplittableRandom(seed + split.hashCode()).nextLong();
    return new ShuffleKey(split, new SplittableRandom(splitSeed + id).nextLong(), id);
  }

  /** Returns the partition that the row goes to. */
  int partition(int partitions) {
    return (int) Math.floorMod(random, (long) partitions);
  }

  /** The order of rows within a partition: split by split, each at random. */
  static final class Order implements Comparator<ShuffleKey>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(ShuffleKey a, ShuffleKey b) {
      int split = a.split.compareTo(b.split);
      int random = split != 0 ? split : Long.compare(a.random, b.random);
      return random != 0 ? random : Long.compare(a.id, b.id);
    }
  }
}
