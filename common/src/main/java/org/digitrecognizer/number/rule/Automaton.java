// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.rule;

import java.io.Serializable;

/**
 * A finite automaton that reads a number from its last digit to its first: check digits count their
 * places from the right, so that numbers of several lengths are one rule. Immutable.
 */
public interface Automaton extends Serializable {

  /** The state from which no number is reached. */
  long DEAD = -1;

  /** The longest number that a rule may allow, in digits. */
  int MOST_DIGITS = 30;

  /** Returns the state before the last digit; {@link #DEAD} where there is no number at all. */
  long start();

  /**
   * Returns the state after one more digit, or {@link #DEAD}.
   *
   * @param state not dead
   * @param digit 0 to 9, the one to the left of those that were read
   */
  long next(long state, int digit);

  /** Whether the digits that led to a state are a number of the rule. */
  boolean accepts(long state);

  /** Whether a number is one of the rule. */
  default boolean accepts(String number) {
    long state = start();
    for (int i = number.length() - 1; i >= 0 && state != DEAD; i--) {
      state = next(state, number.charAt(i) - '0');
    }
    return state != DEAD && accepts(state);
  }
}
