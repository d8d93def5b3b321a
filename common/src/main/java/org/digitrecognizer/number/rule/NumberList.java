// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.rule;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A list of valid numbers. The numbers lie sorted by their digits from the right, four bits a
 * digit, so that those which end in the same digits lie side by side, and a state is where they
 * lie: eight bytes a number to 16 digits, 16 bytes beyond.
 */
public final class NumberList implements Automaton {

  /** The most numbers of a list. */
  public static final int MOST_NUMBERS = 1_000_000;

  private static final long serialVersionUID = 1L;
  private static final int DIGITS_A_WORD = 16;
  private static final int INDEX_BITS = 20;
  private static final int LENGTH_BITS = 5;
  private static final long INDICES = (1 << INDEX_BITS) - 1;
  private static final long LENGTHS = (1 << LENGTH_BITS) - 1;

  /** The last digit in the highest bits, each as one more than itself; 0 where there is none. */
  private final long[] low;

  /** The same of digits from the 17th on; null where no number has them. */
  private final long[] high;

  private NumberList(long[] low, long[] high) {
    this.low = low;
    this.high = high;
  }

  /** Collects numbers for a list. */
  public static final class Builder {

    private long[][] numbers = new long[1024][];
    private int size;
    private boolean anyHigh;

    /**
     * Adds a number.
     *
     * @param number 1 to {@link Automaton#MOST_DIGITS} digits
     * @return false if the list is full
     */
    public boolean add(String number) {
      if (size == MOST_NUMBERS) {
        return false;
      }
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, size * 2);
      }
      long[] packed = pack(number);
      anyHigh |= packed[1] != 0;
      numbers[size++] = packed;
      return true;
    }

    /** Returns how many numbers there are so far. */
    public int size() {
      return size;
    }

    /** Returns a number that was added more than once, if there is one. */
    public Optional<String> firstTwice() {
      long[][] sorted = sorted();
      for (int i = 1; i < sorted.length; i++) {
        if (compare(sorted[i], sorted[i - 1]) == 0) {
          return Optional.of(unpack(sorted[i][0], sorted[i][1]));
        }
      }
      return Optional.empty();
    }

    private long[][] sorted() {
      return Arrays.stream(numbers, 0, size).sorted(NumberList::compare).toArray(long[][]::new);
    }

    /**
     * Returns the numbers, each once.
     *
     * @param wanted which numbers are kept
     */
    public NumberList build(Predicate<String> wanted) {
      long[][] sorted =
          Arrays.stream(sorted())
              .filter(packed -> wanted.test(unpack(packed[0], packed[1])))
              .toArray(long[][]::new);
      long[] low = new long[sorted.length];
      long[] high = new long[anyHigh ? sorted.length : 0];
      int kept = 0;
      for (int i = 0; i < sorted.length; i++) {
        if (i == 0 || compare(sorted[i], sorted[i - 1]) != 0) {
          low[kept] = sorted[i][0];
          if (anyHigh) {
            high[kept] = sorted[i][1];
          }
          kept++;
        }
      }
      return new NumberList(Arrays.copyOf(low, kept), anyHigh ? Arrays.copyOf(high, kept) : null);
    }
  }

  private static int compare(long[] a, long[] b) {
    int first = Long.compareUnsigned(a[0], b[0]);
    return first != 0 ? first : Long.compareUnsigned(a[1], b[1]);
  }

  private static long[] pack(String number) {
    long[] words = new long[2];
    for (int place = 0; place < number.length(); place++) {
      long digit = number.charAt(number.length() - 1 - place) - '0' + 1L;
      words[place / DIGITS_A_WORD] |= digit << shift(place);
    }
    return words;
  }

  private static String unpack(long low, long high) {
    StringBuilder number = new StringBuilder();
    for (int place = 0; place < Automaton.MOST_DIGITS; place++) {
      int digit = (int) (((place < DIGITS_A_WORD ? low : high) >>> shift(place)) & 0xf);
      if (digit > 0) {
        number.append((char) ('0' + digit - 1));
      }
    }
    return number.reverse().toString();
  }

  private static int shift(int place) {
    return 4 * (DIGITS_A_WORD - 1 - place % DIGITS_A_WORD);
  }

  /** Returns how many numbers there are. */
  public int size() {
    return low.length;
  }

  /** Counts the numbers of each length. */
  public double[] counts() {
    double[] counts = new double[MOST_DIGITS + 1];
    for (int i = 0; i < low.length; i++) {
      counts[unpack(low[i], high == null ? 0 : high[i]).length()]++;
    }
    return counts;
  }

  @Override
  public long start() {
    return low.length == 0 ? DEAD : state(0, low.length, 0);
  }

  private static long state(int from, int to, int length) {
    return ((((long) from << INDEX_BITS) | to) << LENGTH_BITS) | length;
  }

  @Override
  public long next(long state, int digit) {
    int length = (int) (state & LENGTHS);
    if (length == MOST_DIGITS) {
      return DEAD;
    }
    int to = (int) ((state >>> LENGTH_BITS) & INDICES);
    int first = first(digit + 1, length, (int) (state >>> (LENGTH_BITS + INDEX_BITS)), to);
    int end = first(digit + 2, length, first, to);
    return first == end ? DEAD : state(first, end, length + 1);
  }

  /** Finds the first in a part of the list whose digit at a place is not below one. */
  private int first(int digit, int place, int from, int to) {
    int low = from;
    int end = to;
    while (low < end) {
      int middle = (low + end) >>> 1;
      if (digitAt(middle, place) < digit) {
        low = middle + 1;
      } else {
        end = middle;
      }
    }
    return low;
  }

  private int digitAt(int index, int place) {
    if (place >= DIGITS_A_WORD && high == null) {
      return 0;
    }
    long word = place < DIGITS_A_WORD ? low[index] : high[index];
    return (int) ((word >>> shift(place)) & 0xf);
  }

  @Override
  public boolean accepts(long state) {
    int length = (int) (state & LENGTHS);
    // Of numbers that end in the same digits, the one that has no others comes first.
    return length == MOST_DIGITS
        || digitAt((int) (state >>> (LENGTH_BITS + INDEX_BITS)), length) == 0;
  }
}
