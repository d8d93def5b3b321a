// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

import java.util.SplittableRandom;

/** Draws what an example is like. The same seed draws the same on every JVM. */
final class Chance {

  private final SplittableRandom random;

  Chance(SplittableRandom random) {
    this.random = random;
  }

  /** Returns true with a probability of 0 to 1. */
  boolean is(double probability) {
    return random.nextDouble() < probability;
  }

  /** Returns a number between two others, each as likely. */
  double between(double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  /**
   * Returns a number around 0, small ones more likely: the sum of three uniform ones, which is
   * never more than three deviations.
   */
  double around(double deviation) {
    double sum = random.nextDouble() + random.nextDouble() + random.nextDouble();
    return (2 * sum - 3) * deviation;
  }

  /** Returns 0 to before a bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Returns -1 or 1. */
  int sign() {
    return random.nextBoolean() ? 1 : -1;
  }
}
