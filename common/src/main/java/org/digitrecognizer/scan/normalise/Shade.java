// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import java.util.Arrays;

/**
 * Tells shade from strokes: beside the digit that is found once the paper was made even, it covers
 * squares that no stroke of this pen covers. Not for two threads at once.
 */
final class Shade {

  /** A square in the shade is larger than so many times the width of a stroke. */
  private static final double FAT = 2;

  /** The same where the ink is more than one digit without the paper made even. */
  private static final double FAT_OF_SEVERAL = 1.4;

  /** So much of the digit was taken for ink at first. */
  private static final double KNOWN = 0.8;

  private byte[] before = new byte[0];
  private byte[] after = new byte[0];
  private int[] squares = new int[0];

  /** Keeps in mind what was taken for ink as if the paper were even. */
  void remember(Components parts, int width, int height) {
    int n = width * height;
    if (before.length < n) {
      before = new byte[n];
      after = new byte[n];
    }
    Arrays.fill(before, 0, n, (byte) 0);
    parts.mark(0, before, width, height);
  }

  /**
   * Whether what was remembered is the digit that was found since, and shade besides.
   *
   * @param several whether what was remembered is more than one digit
   */
  boolean isBeside(Components parts, boolean several, int width, int height) {
    Arrays.fill(after, 0, width * height, (byte) 0);
    parts.mark(0, after, width, height);
    int all = 0;
    int known = 0;
    for (int i = 0; i < width * height; i++) {
      all += after[i];
      known += after[i] & before[i];
    }
    if (known < KNOWN * all) {
      return false;
    }
    parts.mark(1, after, width, height);
    double stroke = parts.strokeWidth(InkSelection.largest(parts));
    int square = largestSquare(width, height);
    return several ? square > FAT_OF_SEVERAL * stroke : square >= FAT * stroke + 1;
  }

  /** The side of the largest square of ink that is gone. */
  private int largestSquare(int width, int height) {
    if (squares.length < width) {
      squares = new int[width];
    }
    Arrays.fill(squares, 0, width, 0);
    int largest = 0;
    for (int y = 0; y < height; y++) {
      int aboveLeft = 0;
      for (int x = 0; x < width; x++) {
        int above = squares[x];
        boolean gone = before[y * width + x] > after[y * width + x];
        int left = x == 0 ? 0 : squares[x - 1];
        squares[x] = gone ? 1 + Math.min(aboveLeft, Math.min(above, left)) : 0;
        largest = Math.max(largest, squares[x]);
        aboveLeft = above;
      }
    }
    return largest;
  }
}
