// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import java.util.Arrays;

/** Strings of digits, each as its first digit and the string on the right of that. */
final class Strings {

  static final int EMPTY = 0;

  private int[] rest = new int[1024];
  private byte[] first = new byte[1024];
  private long[] hash = new long[1024];
  private int count = 1;

  void clear() {
    count = 1;
  }

  /** Returns a number by which equal strings are known. */
  long hash(int digit, int string) {
    long mixed = (hash[string] + digit + 1) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }

  long hash(int string) {
    return hash[string];
  }

  int add(int digit, int string) {
    if (count == rest.length) {
      rest = Arrays.copyOf(rest, count * 2);
      first = Arrays.copyOf(first, count * 2);
      hash = Arrays.copyOf(hash, count * 2);
    }
    rest[count] = string;
    first[count] = (byte) digit;
    hash[count] = hash(digit, string);
    return count++;
  }

  String text(int string) {
    StringBuilder text = new StringBuilder();
    for (int i = string; i != EMPTY; i = rest[i]) {
      text.append((char) ('0' + first[i]));
    }
    return text.toString();
  }
}
