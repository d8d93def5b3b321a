// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import java.util.Arrays;
import org.digitrecognizer.scan.InkLayer;

/**
 * Takes printed lines off the ink that a number is written on. A line is followed from column to
 * column, since a scan is never quite straight, and goes only where it is as thin as it mostly is:
 * where a digit stands on it or crosses it, its stroke stays.
 */
final class RuledLines {

  /** A line covers so much of the image's width. */
  private static final double COVERED = 0.6;

  /** A line is thinner than this share of the image's height. */
  private static final double THIN = 0.12;

  /** A column of a line with this many times its usual ink is a stroke upon it. */
  private static final double STROKE = 1.3;

  private final InkLayer layer;
  private final int thickest;

  /** For each column, where the line's ink begins and ends there; -1 where it has none. */
  private final int[] tops;

  private final int[] bottoms;

  private RuledLines(InkLayer layer) {
    this.layer = layer;
    this.thickest = (int) Math.max(2, THIN * layer.height());
    this.tops = new int[layer.width()];
    this.bottoms = new int[layer.width()];
  }

  /** Erases the lines of a layer in its own pixels. */
  static void erase(InkLayer layer) {
    RuledLines lines = new RuledLines(layer);
    int[] thin = lines.thinInk();
    for (int y = 0; y < layer.height(); y++) {
      boolean peak =
          (y == 0 || thin[y] >= thin[y - 1]) && (y == layer.height() - 1 || thin[y] > thin[y + 1]);
      if (peak && thin[y] >= COVERED * layer.width() && lines.follow(y)) {
        lines.eraseLine();
      }
    }
  }

  /** Counts the columns that have thin ink at a row or beside it. */
  private int[] thinInk() {
    boolean[][] thin = new boolean[layer.height()][layer.width()];
    for (int x = 0; x < layer.width(); x++) {
      int y = 0;
      while (y < layer.height()) {
        int end = y;
        while (end < layer.height() && layer.isInk(x, end)) {
          end++;
        }
        if (end > y && end - y <= thickest) {
          for (int row = Math.max(0, y - 1); row < Math.min(layer.height(), end + 1); row++) {
            thin[row][x] = true;
          }
        }
        y = end + 1;
      }
    }
    int[] counts = new int[layer.height()];
    for (int y = 0; y < counts.length; y++) {
      for (boolean ink : thin[y]) {
        counts[y] += ink ? 1 : 0;
      }
    }
    return counts;
  }

  /** Finds the line's ink in each column, from the middle to both sides. */
  private boolean follow(int row) {
    Arrays.fill(tops, -1);
    int middle = layer.width() / 2;
    follow(row, middle, 1);
    follow(row, middle - 1, -1);
    long found = Arrays.stream(tops).filter(top -> top >= 0).count();
    return found >= COVERED * layer.width();
  }

  private void follow(int row, int from, int step) {
    double at = row;
    for (int x = from; x >= 0 && x < layer.width(); x += step) {
      int ink = inkNear((int) Math.round(at), x);
      if (ink >= 0) {
        int top = ink;
        while (top > 0 && layer.isInk(x, top - 1)) {
          top--;
        }
        int bottom = ink;
        while (bottom < layer.height() - 1 && layer.isInk(x, bottom + 1)) {
          bottom++;
        }
        if (bottom - top + 1 <= thickest) {
          tops[x] = top;
          bottoms[x] = bottom;
          at += 0.25 * Math.max(-1, Math.min(1, (top + bottom) / 2.0 - at));
        }
      }
    }
  }

  private int inkNear(int y, int x) {
    for (int row : new int[] {y, y - 1, y + 1}) {
      if (row >= 0 && row < layer.height() && layer.isInk(x, row)) {
        return row;
      }
    }
    return -1;
  }

  private void eraseLine() {
    int[] masses = new int[layer.width()];
    int count = 0;
    for (int x = 0; x < masses.length; x++) {
      if (tops[x] >= 0) {
        masses[count++] = mass(x);
      }
    }
    Arrays.sort(masses, 0, count);
    double most = STROKE * masses[count / 2];
    for (int x = 0; x < tops.length; x++) {
      if (tops[x] >= 0 && mass(x) <= most) {
        for (int y = from(x); y <= to(x); y++) {
          layer.ink()[y * layer.width() + x] = 0;
        }
      }
    }
  }

  /** The line's first row at a column, with its soft edge. */
  private int from(int x) {
    return Math.max(0, tops[x] - 1);
  }

  private int to(int x) {
    return Math.min(layer.height() - 1, bottoms[x] + 1);
  }

  private int mass(int x) {
    int mass = 0;
    for (int y = from(x); y <= to(x); y++) {
      mass += layer.ink()[y * layer.width() + x] & 0xff;
    }
    return mass;
  }
}
