// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.rule;

import java.math.BigInteger;

/**
 * Numbers that lie between two others, whatever zeros they begin with. From the right, the digits
 * so far are compared with as many of each bound; a digit further left decides anew.
 */
public final class Bounds implements StateTable.Machine {

  private static final int SIGNS = 3;

  private final int[] least;
  private final int[] most;

  private Bounds(int[] least, int[] most) {
    this.least = least;
    this.most = most;
  }

  /** Allows numbers from one to another, both included. */
  public static StateTable between(BigInteger least, BigInteger most) {
    return StateTable.of(new Bounds(digits(least), digits(most)));
  }

  /** Allows a number and all that are larger, to {@link Automaton#MOST_DIGITS} digits. */
  public static StateTable from(BigInteger least) {
    return between(least, BigInteger.TEN.pow(Automaton.MOST_DIGITS).subtract(BigInteger.ONE));
  }

  /** Returns the digits, the last first, as many as the longest number has. */
  private static int[] digits(BigInteger value) {
    int[] digits = new int[Automaton.MOST_DIGITS];
    BigInteger rest = value;
    for (int i = 0; i < digits.length; i++) {
      BigInteger[] parts = rest.divideAndRemainder(BigInteger.TEN);
      digits[i] = parts[1].intValue();
      rest = parts[0];
    }
    return digits;
  }

  /** A state is how many digits were read, and how they compare with each bound: 0, 1 or 2. */
  private static long state(int read, int toLeast, int toMost) {
    return ((long) read * SIGNS + toLeast) * SIGNS + toMost;
  }

  @Override
  public long start() {
    return state(0, 1, 1);
  }

  @Override
  public long next(long state, int digit) {
    int read = (int) (state / (SIGNS * SIGNS));
    if (read == Automaton.MOST_DIGITS) {
      return Automaton.DEAD;
    }
    int toLeast = compared(digit, least[read], (int) (state / SIGNS % SIGNS));
    int toMost = compared(digit, most[read], (int) (state % SIGNS));
    return state(read + 1, toLeast, toMost);
  }

  private static int compared(int digit, int bound, int before) {
    return digit == bound ? before : Integer.signum(digit - bound) + 1;
  }

  @Override
  public boolean accepts(long state) {
    int read = (int) (state / (SIGNS * SIGNS));
    int toLeast = (int) (state / SIGNS % SIGNS);
    int toMost = (int) (state % SIGNS);
    for (int i = read; i < Automaton.MOST_DIGITS; i++) {
      toLeast = compared(0, least[i], toLeast);
      toMost = compared(0, most[i], toMost);
    }
    return toLeast >= 1 && toMost <= 1;
  }
}
