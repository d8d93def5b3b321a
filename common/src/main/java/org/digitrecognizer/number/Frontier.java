// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import java.util.Arrays;

/** The states at a node: a hash table from state to what is known of it. */
final class Frontier {

  /** Strings that a state keeps: the best, the second, and one that sums may still lift. */
  static final int STRINGS = 3;

  int size;
  long[] states = new long[8];
  double[] sums = new double[8];

  /** The strings of each state, the weightiest first; -1 where there are fewer. */
  int[] strings = new int[8 * STRINGS];

  double[] weights = new double[8 * STRINGS];
  private int[] table = new int[16];

  private int entry(long state) {
    int at = slot(state);
    while (table[at] != 0) {
      if (states[table[at] - 1] == state) {
        return table[at] - 1;
      }
      at = (at + 1) & (table.length - 1);
    }
    if (size == states.length) {
      grow();
      return entry(state);
    }
    table[at] = ++size;
    states[size - 1] = state;
    sums[size - 1] = 0;
    Arrays.fill(strings, (size - 1) * STRINGS, size * STRINGS, -1);
    Arrays.fill(weights, (size - 1) * STRINGS, size * STRINGS, 0);
    return size - 1;
  }

  private int slot(long state) {
    long mixed = state * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 33) & (table.length - 1);
  }

  private void grow() {
    states = Arrays.copyOf(states, size * 2);
    sums = Arrays.copyOf(sums, size * 2);
    strings = Arrays.copyOf(strings, size * 2 * STRINGS);
    weights = Arrays.copyOf(weights, size * 2 * STRINGS);
    table = new int[size * 4];
    for (int i = 0; i < size; i++) {
      int at = slot(states[i]);
      while (table[at] != 0) {
        at = (at + 1) & (table.length - 1);
      }
      table[at] = i + 1;
    }
  }

  /** Adds the state before the last digit. */
  void begin(long state) {
    int entry = entry(state);
    sums[entry] = 1;
    strings[entry * STRINGS] = Strings.EMPTY;
    weights[entry * STRINGS] = 1;
  }

  /** Adds a state with the strings of another, each with a digit before it if there is one. */
  void addAll(
      long state, double factor, int digit, Frontier from, int its, Strings all, boolean apart) {
    int entry = entry(state);
    sums[entry] += factor * from.sums[its];
    for (int i = its * STRINGS; i < (its + 1) * STRINGS && from.strings[i] >= 0; i++) {
      double weight = factor * from.weights[i];
      if (!apart) {
        merge(entry, digit, from.strings[i], weight, all);
      } else if (weight > weights[(entry + 1) * STRINGS - 1]) {
        keep(entry, (entry + 1) * STRINGS - 1, named(digit, from.strings[i], all), weight);
      }
    }
  }

  private static int named(int digit, int string, Strings all) {
    return digit < 0 ? string : all.add(digit, string);
  }

  /** Adds a string that a state may have already, by another cut. */
  private void merge(int entry, int digit, int string, double weight, Strings all) {
    int end = (entry + 1) * STRINGS;
    long hash = digit < 0 ? all.hash(string) : all.hash(digit, string);
    int at = entry * STRINGS;
    while (at < end && strings[at] >= 0 && all.hash(strings[at]) != hash) {
      at++;
    }
    if (at < end && strings[at] >= 0) {
      keep(entry, at, strings[at], weights[at] + weight);
    } else if (at < end || weight > weights[end - 1]) {
      keep(entry, Math.min(at, end - 1), named(digit, string, all), weight);
    }
  }

  /** Puts a string in the place of one that weighs less, and moves it to its rank. */
  private void keep(int entry, int place, int string, double weight) {
    int at = place;
    while (at > entry * STRINGS && weights[at - 1] < weight) {
      strings[at] = strings[at - 1];
      weights[at] = weights[at - 1];
      at--;
    }
    strings[at] = string;
    weights[at] = weight;
  }
}
