// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

/** Seeds for parts of a run, from the run's seed and the part's numbers. */
public final class Seeds {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /**
   * Mixes numbers into one that looks random: the finaliser of SplitMix64 (Steele et al. 2014) over
   * each in turn.
   */
  public static long mix(long... numbers) {
    long mixed = 0;
    for (long number : numbers) {
      mixed = finish(mixed + GAMMA + number);
    }
    return mixed;
  }

  private static long finish(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
