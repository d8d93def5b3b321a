// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.digitrecognizer.number.rule.Automaton;

/**
 * Draws a number that a rule allows: its length first, then its digits from the last to the first,
 * each as likely as any other with which a number can still be reached.
 */
final class NumberDraw {

  /** Each leads through all ten digits, so that none is always tried after another. */
  private static final int[] STEPS = {1, 3, 7, 9};

  private final Automaton automaton;
  private final SplittableRandom random;

  /** States from which no number of that many more digits is reached. */
  private final Set<Ahead> dead = new HashSet<>();

  private record Ahead(long state, int digits) {}

  NumberDraw(Automaton automaton, SplittableRandom random) {
    this.automaton = automaton;
    this.random = random;
  }

  /** Returns a number of that length; null if there is none. */
  String ofLength(int digits) {
    StringBuilder number = new StringBuilder();
    return extend(automaton.start(), digits, number) ? number.reverse().toString() : null;
  }

  private boolean extend(long state, int digits, StringBuilder number) {
    if (state == Automaton.DEAD) {
      return false;
    }
    if (digits == 0) {
      return automaton.accepts(state);
    }
    Ahead ahead = new Ahead(state, digits);
    if (dead.contains(ahead)) {
      return false;
    }
    int first = random.nextInt(10);
    int step = STEPS[random.nextInt(STEPS.length)];
    for (int i = 0; i < 10; i++) {
      int digit = (first + i * step) % 10;
      number.append(digit);
      if (extend(automaton.next(state, digit), digits - 1, number)) {
        return true;
      }
      number.setLength(number.length() - 1);
    }
    dead.add(ahead);
    return false;
  }
}
