package org.digitrecognizer.jobs.ingest;

import java.io.Serializable;
import java.util.Comparator;
import java.util.SplittableRandom;

/**
 * Where a row comes in the shuffled order. Depends on nothing but seed, split and id, so the same
 * seed gives the same order on any cluster.
 *
 * @param split rows of one split stay together
 * @param random the place in the order, spread evenly over all longs
 * @param id decides between equals
 */
record ShuffleKey(String split, long random, long id) implements Serializable {

  /** The order of rows within a partition. */
  static final class Order implements Comparator<ShuffleKey>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(ShuffleKey a, ShuffleKey b) {
      int split = a.split.compareTo(b.split);
      int random = split != 0 ? split : Long.compare(a.random, b.random);
      return random != 0 ? random : Long.compare(a.id, b.id);
    }
  }

  static ShuffleKey of(long seed, String split, long id) {
    long splitSeed = new SplittableRandom(seed + split.hashCode()).nextLong();
    return new ShuffleKey(split, new SplittableRandom(splitSeed + id).nextLong(), id);
  }

  /** Returns the partition that the row goes to. */
  int partition(int partitions) {
    return (int) Math.floorMod(random, (long) partitions);
  }
}
