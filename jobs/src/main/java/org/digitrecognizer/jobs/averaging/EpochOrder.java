// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import java.io.Serializable;

/**
 * A random order of the examples of one epoch that needs no memory and no shuffle to compute: a
 * permutation of 0 … size-1 by a Feistel network of four rounds (Luby and Rackoff 1988), applied
 * again while the result falls outside the range (Black and Rogaway 2002, "cycle walking"). The
 * same seed and epoch give the same order on any cluster.
 */
final class EpochOrder implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int ROUNDS = 4;

  private final long size;
  private final long[] keys = new long[ROUNDS];
  private final int halfBits;
  private final long halfMask;

  /**
   * @param size how many examples, at least 1
   */
  EpochOrder(long size, long seed, int epoch) {
    this.size = size;
    int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(size - 1, 1));
    this.halfBits = (bits + 1) / 2;
    this.halfMask = (1L << halfBits) - 1;
    for (int i = 0; i < ROUNDS; i++) {
      keys[i] = Seeds.mix(seed, epoch, i);
    }
  }

  /**
   * Returns the place of an example in the epoch.
   *
   * @param example 0 … size-1
   * @return 0 … size-1, another for each example
   */
  long place(long example) {
    long value = example;
    do {
      value = encrypt(value);
    } while (value >= size);
    return value;
  }

  private long encrypt(long value) {
    long left = value >>> halfBits;
    long right = value & halfMask;
    for (long key : keys) {
      long next = left ^ (Seeds.mix(key, right) & halfMask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }
}
