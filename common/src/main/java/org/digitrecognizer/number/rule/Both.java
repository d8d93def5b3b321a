// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.rule;

/** The numbers that a rule allows and a small automaton beside it, made for one number only. */
public final class Both implements Automaton {

  private static final long serialVersionUID = 1L;

  /** What a state of the small automaton takes of a pair. */
  private static final int BITS = 16;

  private static final long OTHER = (1 << BITS) - 1;

  private final Automaton rule;
  private final StateTable other;

  /**
   * @param other with fewer than 65,536 states
   */
  public Both(Automaton rule, StateTable other) {
    if (other.states() >= 1 << BITS) {
      throw new IllegalArgumentException(other.states() + " states are too many");
    }
    this.rule = rule;
    this.other = other;
  }

  private static long pair(long first, long second) {
    return first == DEAD || second == DEAD ? DEAD : (first << BITS) | second;
  }

  @Override
  public long start() {
    return pair(rule.start(), other.start());
  }

  @Override
  public long next(long state, int digit) {
    return pair(rule.next(state >>> BITS, digit), other.next(state & OTHER, digit));
  }

  @Override
  public boolean accepts(long state) {
    return rule.accepts(state >>> BITS) && other.accepts(state & OTHER);
  }
}
