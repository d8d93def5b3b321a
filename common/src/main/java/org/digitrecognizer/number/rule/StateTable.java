// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.rule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongBiFunction;

/** An automaton whose states are few enough to be written down; none of them is a dead end. */
public final class StateTable implements Automaton {

  private static final long serialVersionUID = 1L;
  private static final int DIGITS = 10;

  /** More states than this are no rule that a person writes. */
  private static final int MOST_STATES = 1 << 20;

  private final int[] next;
  private final boolean[] accepts;

  private StateTable(int[] next, boolean[] accepts) {
    this.next = next;
    this.accepts = accepts;
  }

  /** Rules that are too large together. */
  public static final class TooManyStates extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyStates() {
      super("the rule is too large: shorten the pattern or the modulus");
    }
  }

  /** How a state is told apart and where it leads, while a table is written. */
  interface Machine {

    long start();

    /** Returns the state after a digit, or {@link Automaton#DEAD}. */
    long next(long state, int digit);

    boolean accepts(long state);
  }

  /**
   * Writes down the states that are reached from the start and lead to a number.
   *
   * @throws TooManyStates if there are more than a million
   */
  static StateTable of(Machine machine) {
    return explore(machine.start(), machine::next, machine::accepts);
  }

  /** Returns the automaton of the numbers that both allow. */
  public StateTable and(StateTable other) {
    long width = other.accepts.length;
    if (start() == DEAD || other.start() == DEAD) {
      return none();
    }
    ToLongBiFunction<Long, Integer> step =
        (state, digit) -> {
          int mine = next[(int) (state / width) * DIGITS + digit];
          int its = other.next[(int) (state % width) * DIGITS + digit];
          return mine < 0 || its < 0 ? DEAD : mine * width + its;
        };
    return explore(
        0,
        (state, digit) -> step.applyAsLong(state, digit),
        state -> accepts[(int) (state / width)] && other.accepts[(int) (state % width)]);
  }

  private interface Step {
    long to(long state, int digit);
  }

  private interface Final {
    boolean is(long state);
  }

  private static StateTable none() {
    return new StateTable(new int[0], new boolean[0]);
  }

  private static StateTable explore(long start, Step step, Final accepting) {
    Map<Long, Integer> numbers = new HashMap<>();
    List<Long> states = new ArrayList<>();
    List<int[]> rows = new ArrayList<>();
    numbers.put(start, 0);
    states.add(start);
    for (int i = 0; i < states.size(); i++) {
      int[] row = new int[DIGITS];
      for (int digit = 0; digit < DIGITS; digit++) {
        long to = step.to(states.get(i), digit);
        row[digit] = to == DEAD ? -1 : numbers.computeIfAbsent(to, state -> add(states, state));
      }
      rows.add(row);
    }
    boolean[] accepts = new boolean[states.size()];
    for (int i = 0; i < accepts.length; i++) {
      accepts[i] = accepting.is(states.get(i));
    }
    return trimmed(rows, accepts);
  }

  private static int add(List<Long> states, long state) {
    if (states.size() == MOST_STATES) {
      throw new TooManyStates();
    }
    states.add(state);
    return states.size() - 1;
  }

  /** Leaves out the states from which no number is reached. */
  private static StateTable trimmed(List<int[]> rows, boolean[] accepts) {
    boolean[] alive = alive(rows, accepts);
    int[] numbers = new int[alive.length];
    int count = 0;
    for (int i = 0; i < alive.length; i++) {
      numbers[i] = alive[i] ? count++ : -1;
    }
    if (!alive[0]) {
      return none();
    }
    int[] next = new int[count * DIGITS];
    boolean[] kept = new boolean[count];
    for (int i = 0; i < alive.length; i++) {
      if (alive[i]) {
        kept[numbers[i]] = accepts[i];
        for (int digit = 0; digit < DIGITS; digit++) {
          int to = rows.get(i)[digit];
          next[numbers[i] * DIGITS + digit] = to < 0 ? -1 : numbers[to];
        }
      }
    }
    return new StateTable(next, kept);
  }

  private static boolean[] alive(List<int[]> rows, boolean[] accepts) {
    List<List<Integer>> before = new ArrayList<>();
    rows.forEach(row -> before.add(new ArrayList<>()));
    for (int i = 0; i < rows.size(); i++) {
      for (int to : rows.get(i)) {
        if (to >= 0) {
          before.get(to).add(i);
        }
      }
    }
    boolean[] alive = accepts.clone();
    ArrayDeque<Integer> waiting = new ArrayDeque<>();
    for (int i = 0; i < alive.length; i++) {
      if (alive[i]) {
        waiting.add(i);
      }
    }
    while (!waiting.isEmpty()) {
      for (int from : before.get(waiting.remove())) {
        if (!alive[from]) {
          alive[from] = true;
          waiting.add(from);
        }
      }
    }
    return alive;
  }

  /** Counts the numbers of each length. */
  public double[] counts() {
    double[] counts = new double[MOST_DIGITS + 1];
    double[] ways = new double[accepts.length];
    if (ways.length > 0) {
      ways[0] = 1;
    }
    for (int length = 0; length <= MOST_DIGITS; length++) {
      double[] longer = new double[ways.length];
      for (int state = 0; state < ways.length; state++) {
        counts[length] += accepts[state] ? ways[state] : 0;
        for (int digit = 0; digit < DIGITS; digit++) {
          int to = next[state * DIGITS + digit];
          if (to >= 0) {
            longer[to] += ways[state];
          }
        }
      }
      ways = longer;
    }
    return counts;
  }

  /** Returns how many states there are; 0 where there is no number at all. */
  public int states() {
    return accepts.length;
  }

  @Override
  public long start() {
    return accepts.length == 0 ? DEAD : 0;
  }

  @Override
  public long next(long state, int digit) {
    return next[(int) state * DIGITS + digit];
  }

  @Override
  public boolean accepts(long state) {
    return accepts[(int) state];
  }

  @Override
  public String toString() {
    return accepts.length + " states " + Arrays.hashCode(next);
  }
}
