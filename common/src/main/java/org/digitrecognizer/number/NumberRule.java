// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.digitrecognizer.number.rule.Automaton;
import org.digitrecognizer.number.rule.Both;
import org.digitrecognizer.number.rule.Bounds;
import org.digitrecognizer.number.rule.Lengths;
import org.digitrecognizer.number.rule.NumberList;
import org.digitrecognizer.number.rule.StateTable;

/** Which numbers there may be. Immutable; any number of threads and executors may share one. */
public final class NumberRule implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Automaton automaton;
  private final double[] counts;

  private NumberRule(Automaton automaton, double[] counts) {
    this.automaton = automaton;
    this.counts = counts;
  }

  /**
   * Allows numbers of a length, and nothing else is asked of them.
   *
   * @param least digits, at least 1
   * @param most digits, at most {@link Automaton#MOST_DIGITS}
   */
  public static NumberRule ofDigits(int least, int most) {
    return of(Lengths.of(least, most));
  }

  /** Allows what an automaton allows. */
  public static NumberRule of(StateTable automaton) {
    return new NumberRule(automaton, automaton.counts());
  }

  /** Returns the rule that asks for more: also what another automaton asks for. */
  public NumberRule and(StateTable other) {
    if (automaton instanceof StateTable table) {
      return of(table.and(other));
    }
    throw new IllegalStateException("A list comes last");
  }

  /** Returns the rule that allows only those of its numbers that a list has. */
  public NumberRule in(NumberList.Builder numbers) {
    NumberList list = numbers.build(automaton::accepts);
    return new NumberRule(list, list.counts());
  }

  /** Returns the rule that allows only those of its numbers that are not below a value. */
  public NumberRule notBelow(BigInteger value) {
    return new NumberRule(new Both(automaton, Bounds.from(value)), counts);
  }

  Automaton automaton() {
    return automaton;
  }

  /** Whether a number is allowed. */
  public boolean allows(String number) {
    return automaton.accepts(number);
  }

  /** Whether no number is allowed. */
  public boolean isEmpty() {
    return automaton.start() == Automaton.DEAD;
  }

  /** Returns the length of the shortest number that is allowed. */
  public int leastDigits() {
    int digits = 0;
    while (digits < counts.length - 1 && counts[digits] == 0) {
      digits++;
    }
    return digits;
  }

  /** Returns the length of the longest number that is allowed. */
  public int mostDigits() {
    int digits = counts.length - 1;
    while (digits > 0 && counts[digits] == 0) {
      digits--;
    }
    return digits;
  }

  /**
   * Draws a number that is allowed: any length is as likely as any other, and then roughly any
   * number of it.
   *
   * @throws IllegalStateException if no number is allowed
   */
  public String draw(SplittableRandom random) {
    List<Integer> lengths = new ArrayList<>();
    for (int digits = 1; digits < counts.length; digits++) {
      if (counts[digits] > 0) {
        lengths.add(digits);
      }
    }
    NumberDraw draw = new NumberDraw(automaton, random);
    while (!lengths.isEmpty()) {
      String number = draw.ofLength(lengths.remove(random.nextInt(lengths.size())));
      if (number != null) {
        return number;
      }
    }
    throw new IllegalStateException("The rule allows no number");
  }

  /** Returns which share of all numbers of these lengths is allowed, 0..1. */
  public double share() {
    double allowed = 0;
    double all = 0;
    for (int digits = 0; digits < counts.length; digits++) {
      if (counts[digits] > 0) {
        allowed += counts[digits];
        all += Math.pow(10, digits);
      }
    }
    return all == 0 ? 0 : allowed / all;
  }
}
