// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Numbers whose last digits check the others. Where a scheme can ask for a character that is no
 * digit (the X of ISBN-10 and ISO 7064 mod 11-2), a number that would need it is none.
 */
public final class CheckDigits {

  /** Of the dihedral group D5: Verhoeff, Error Detecting Decimal Codes, 1969. */
  private static final String[] VERHOEFF_PRODUCT = {
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"
  };

  /** What a digit stands for, by its place from the right modulo 8. */
  private static final String[] VERHOEFF_PLACES = {
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258"
  };

  /**
   * A weakly totally anti-symmetric quasigroup: Damm, Total anti-symmetrische Quasigruppen, 2004.
   */
  private static final String[] DAMM = {
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"
  };

  private static final Map<String, Supplier<StateTable>> SCHEMES =
      Map.of(
          "luhn",
          CheckDigits::luhn,
          "ean",
          () -> weighted(List.of(3, 1), 10),
          "mod11-2",
          () -> powers(2, 11),
          "mod97-10",
          () -> powers(10, 97),
          "verhoeff",
          CheckDigits::verhoeff,
          "damm",
          CheckDigits::damm);

  private CheckDigits() {}

  /** Returns the automaton of a scheme by its name in a form; empty if there is none of it. */
  public static Optional<StateTable> scheme(String name) {
    return Optional.ofNullable(SCHEMES.get(name)).map(Supplier::get);
  }

  /** Returns the names of all schemes, for a message. */
  public static String names() {
    return String.join(", ", new TreeSet<>(SCHEMES.keySet()));
  }

  /**
   * Weighs digits: their products with the weights add up to a multiple of the modulus.
   *
   * @param weights of the digits before the check digit, from the right, over and over; the check
   *     digit itself has the weight 1
   * @param modulus 2 or more
   */
  public static StateTable weighted(List<Integer> weights, int modulus) {
    int[][] values = new int[Automaton.MOST_DIGITS][10];
    for (int place = 0; place < values.length; place++) {
      int weight = place == 0 ? 1 : weights.get((place - 1) % weights.size());
      for (int digit = 0; digit < 10; digit++) {
        values[place][digit] = Math.floorMod(weight * digit, modulus);
      }
    }
    return sum(values, modulus, 0);
  }

  /** Every other digit, from the one before the check digit on, counts twice (ISO/IEC 7812-1). */
  private static StateTable luhn() {
    int[][] values = new int[Automaton.MOST_DIGITS][10];
    for (int place = 0; place < values.length; place++) {
      for (int digit = 0; digit < 10; digit++) {
        int twice = 2 * digit;
        values[place][digit] = place % 2 == 0 ? digit : twice / 10 + twice % 10;
      }
    }
    return sum(values, 10, 0);
  }

  /** A pure system of ISO 7064: digits times powers of the radix leave the remainder 1. */
  private static StateTable powers(int radix, int modulus) {
    int[][] values = new int[Automaton.MOST_DIGITS][10];
    int power = 1;
    for (int[] value : values) {
      for (int digit = 0; digit < 10; digit++) {
        value[digit] = digit * power % modulus;
      }
      power = power * radix % modulus;
    }
    return sum(values, modulus, 1);
  }

  /**
   * @param values of a digit at a place from the right
   * @param remainder that their sum leaves
   */
  private static StateTable sum(int[][] values, int modulus, int remainder) {
    return StateTable.of(
        new Placed(modulus, 0, remainder) {
          @Override
          int next(int place, int state, int digit) {
            return (state + values[place][digit]) % modulus;
          }
        });
  }

  private static StateTable verhoeff() {
    return StateTable.of(
        new Placed(10, 0, 0) {
          @Override
          int next(int place, int state, int digit) {
            int value = VERHOEFF_PLACES[place % 8].charAt(digit) - '0';
            return VERHOEFF_PRODUCT[state].charAt(value) - '0';
          }
        });
  }

  /**
   * From the right: which interim digit leads to the one that is needed. Each has one that does.
   */
  private static StateTable damm() {
    return StateTable.of(
        new Placed(10, 0, 0) {
          @Override
          int next(int place, int state, int digit) {
            int before = 0;
            while (DAMM[before].charAt(digit) - '0' != state) {
              before++;
            }
            return before;
          }
        });
  }

  /** A machine that knows its place in the number and one small value. */
  private abstract static class Placed implements StateTable.Machine {

    private final int values;
    private final int first;
    private final int last;

    Placed(int values, int first, int last) {
      this.values = values;
      this.first = first;
      this.last = last;
    }

    abstract int next(int place, int state, int digit);

    @Override
    public long start() {
      return first;
    }

    @Override
    public long next(long state, int digit) {
      long place = state / values;
      return place == Automaton.MOST_DIGITS
          ? Automaton.DEAD
          : (place + 1) * values + next((int) place, (int) (state % values), digit);
    }

    @Override
    public boolean accepts(long state) {
      return state / values > 0 && state % values == last;
    }
  }
}
