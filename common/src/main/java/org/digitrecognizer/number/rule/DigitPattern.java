// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.rule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * A regular expression over digits: {@code 0-9 . \d [1-4] [^0] ( ) | ? * + {2} {2,} {2,4}}. It is
 * of the whole number. Its parts are linked from the right to the left, as numbers are read, and
 * its states are sets of places in it (Thompson, Regular Expression Search Algorithm, 1968).
 */
public final class DigitPattern {

  /** More places than this are too many sets of them. */
  private static final int MOST_PLACES = 2000;

  private static final int MOST_STATES = 100_000;
  private static final int ANY = 0x3ff;

  private final String pattern;
  private int at;

  /** Places: which digits lead on, and where to; two ways without a digit. */
  private final List<int[]> places = new ArrayList<>();

  private DigitPattern(String pattern) {
    this.pattern = pattern;
  }

  /**
   * @throws IllegalArgumentException if it is none; the message says what was expected, and where
   */
  public static StateTable of(String pattern) {
    String inner = pattern.replaceFirst("^\\^", "").replaceFirst("(?<!\\\\)\\$$", "");
    DigitPattern reader = new DigitPattern(inner);
    Part whole = reader.alternatives();
    if (reader.at < inner.length()) {
      throw reader.expected("the end of the pattern");
    }
    int last = reader.place(0, -1, -1);
    return new Sets(reader.places, whole.link(last), last).table();
  }

  /** A part of the pattern that can be laid before a place, any number of times. */
  private interface Part {

    /** Returns the place where the part begins if it leads to a place when it ends. */
    int link(int then);
  }

  private Part alternatives() {
    Part first = sequence();
    while (take('|')) {
      Part left = first;
      Part right = sequence();
      first = then -> place(0, left.link(then), right.link(then));
    }
    return first;
  }

  private Part sequence() {
    Part whole = then -> then;
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      Part left = whole;
      Part right = repeated(single());
      // From the right: what stands last is read first.
      whole = then -> right.link(left.link(then));
    }
    return whole;
  }

  private Part single() {
    if (take('(')) {
      if (take('?') && !take(':')) {
        throw expected("(?: or (");
      }
      Part inner = alternatives();
      if (!take(')')) {
        throw expected(")");
      }
      return inner;
    }
    int digits = digits();
    return then -> place(digits, then, -1);
  }

  /** Reads what stands for one digit, as a set of bits. */
  private int digits() {
    if (take('[')) {
      return characterClass();
    }
    if (take('.')) {
      return ANY;
    }
    if (take('\\')) {
      if (take('d')) {
        return ANY;
      }
      throw expected("d after \\");
    }
    return 1 << digit();
  }

  private int digit() {
    if (at == pattern.length() || pattern.charAt(at) < '0' || pattern.charAt(at) > '9') {
      throw expected("a digit, \\d, ., [ or (");
    }
    return pattern.charAt(at++) - '0';
  }

  private int characterClass() {
    boolean others = take('^');
    int set = 0;
    do {
      if (take('\\')) {
        if (!take('d')) {
          throw expected("d after \\");
        }
        set = ANY;
        continue;
      }
      int first = digit();
      int last = take('-') ? digit() : first;
      if (last < first) {
        throw expected("a range that rises");
      }
      for (int digit = first; digit <= last; digit++) {
        set |= 1 << digit;
      }
    } while (!take(']'));
    return others ? ANY & ~set : set;
  }

  private Part repeated(Part part) {
    Part whole = part;
    while (at < pattern.length() && "?*+{".indexOf(pattern.charAt(at)) >= 0) {
      char sign = pattern.charAt(at++);
      whole =
          switch (sign) {
            case '?' -> between(whole, 0, 1);
            case '*' -> atLeast(whole, 0);
            case '+' -> atLeast(whole, 1);
            default -> counted(whole);
          };
    }
    return whole;
  }

  private Part counted(Part part) {
    int least = count();
    if (take('}')) {
      return between(part, least, least);
    }
    if (!take(',')) {
      throw expected(", or }");
    }
    if (take('}')) {
      return atLeast(part, least);
    }
    int most = count();
    if (!take('}')) {
      throw expected("}");
    }
    if (most < least) {
      throw expected("a range that rises");
    }
    return between(part, least, most);
  }

  private int count() {
    int count = digit();
    while (at < pattern.length() && Character.isDigit(pattern.charAt(at))) {
      count = Math.min(1000, count * 10 + digit());
    }
    if (count > Automaton.MOST_DIGITS) {
      throw expected("at most " + Automaton.MOST_DIGITS + " times");
    }
    return count;
  }

  private Part between(Part part, int least, int most) {
    return then -> {
      int place = then;
      for (int i = 0; i < most; i++) {
        int once = part.link(place);
        place = i < most - least ? place(0, once, then) : once;
      }
      return place;
    };
  }

  private Part atLeast(Part part, int least) {
    Part more =
        then -> {
          int loop = place(0, -1, then);
          places.get(loop)[1] = part.link(loop);
          return loop;
        };
    Part first = between(part, least, least);
    return then -> more.link(first.link(then));
  }

  private int place(int digits, int to, int orTo) {
    if (places.size() == MOST_PLACES) {
      throw new IllegalArgumentException("it is too long");
    }
    places.add(new int[] {digits, to, orTo});
    return places.size() - 1;
  }

  private boolean take(char expected) {
    if (at < pattern.length() && pattern.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private IllegalArgumentException expected(String what) {
    return new IllegalArgumentException("at character " + (at + 1) + ", expected " + what);
  }

  /** The sets of places in which one can be, numbered. */
  private static final class Sets implements StateTable.Machine {

    private final List<int[]> places;
    private final int last;
    private final Map<BitSet, Integer> numbers = new HashMap<>();
    private final List<BitSet> sets = new ArrayList<>();
    private final IntSupplier start;

    Sets(List<int[]> places, int first, int last) {
      this.places = places;
      this.last = last;
      this.start = () -> number(reached(first, new BitSet()));
    }

    StateTable table() {
      return StateTable.of(this);
    }

    private BitSet reached(int place, BitSet set) {
      if (place < 0 || set.get(place)) {
        return set;
      }
      set.set(place);
      int[] way = places.get(place);
      if (way[0] == 0) {
        reached(way[1], set);
        reached(way[2], set);
      }
      return set;
    }

    private int number(BitSet set) {
      if (sets.size() == MOST_STATES) {
        throw new StateTable.TooManyStates();
      }
      return numbers.computeIfAbsent(
          set,
          added -> {
            sets.add(added);
            return sets.size() - 1;
          });
    }

    @Override
    public long start() {
      return start.getAsInt();
    }

    @Override
    public long next(long state, int digit) {
      BitSet reached = new BitSet();
      BitSet from = sets.get((int) state);
      for (int i = from.nextSetBit(0); i >= 0; i = from.nextSetBit(i + 1)) {
        int[] way = places.get(i);
        if (((way[0] >> digit) & 1) != 0) {
          reached(way[1], reached);
        }
      }
      return reached.isEmpty() ? Automaton.DEAD : number(reached);
    }

    @Override
    public boolean accepts(long state) {
      return sets.get((int) state).get(last);
    }
  }
}
