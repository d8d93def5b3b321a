// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A way from the top of a part to its bottom, on which touching digits may come apart. Two methods
 * find them: columns with little ink (the vertical projection), and the way a drop takes that falls
 * into a valley of the upper outline and eats through what holds it (Congedo et al., Segmentation
 * of numeric strings, ICDAR 1995).
 *
 * @param columns for each row of the part, the first column on the right of the cut
 * @param crossed pixels of ink that it goes through
 * @param span rows from the first pixel of ink that it goes through to the last: more than that ink
 *     where it goes through a loop, or through two strokes
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares cuts.
record Cut(int[] columns, int crossed, int span) {

  /** No cut goes through more ink, in widths of the stroke: noughts that overlap share eight. */
  private static final double MOST_CROSSED = 10;

  /** The same of a part that is no wider than this share of a digit's height: it may be one. */
  private static final double MOST_CROSSED_OF_ONE = 5;

  private static final double WIDEST_ONE = 1.1;

  /** The same of a part that is no wider than most digits. */
  private static final double MOST_CROSSED_OF_NARROW = 2.6;

  private static final double NARROW = 0.8;

  /** A loop of a part that may be one is not cut if it is higher than this, in digits' heights. */
  private static final double HIGHEST_LOOP_OF_ONE = 0.7;

  /** Cuts nearer than this share of a digit's height are one. */
  private static final double NEAR = 0.1;

  /** A cut leaves at least this share of a digit's height on each side. */
  private static final double LEAST_REST = 0.08;

  /** A part that is narrower than this share of a digit's height is not cut. */
  private static final double LEAST_WIDTH = 0.35;

  /** It goes through paper if its ink spans more than so many times as many rows as it has. */
  private static final double LEAST_PAPER = 1.1;

  double middle() {
    return columns[columns.length / 2];
  }

  /** Whether there is paper between the ink that it goes through: a loop, or two strokes. */
  boolean goesThroughPaper() {
    return span > LEAST_PAPER * crossed + 1;
  }

  /** Finds the cuts of a part, the ones through least ink first. */
  static List<Cut> of(Blob blob, WritingLine line) {
    if (blob.width() < LEAST_WIDTH * line.height()) {
      return List.of();
    }
    boolean[][] ink = bitmap(blob);
    List<Cut> found = new ArrayList<>(byProjection(ink));
    found.addAll(byFalling(ink));
    double width = blob.width() / line.height();
    found.removeIf(cut -> cut.crossed > mostCrossed(width) * line.stroke());
    if (width <= WIDEST_ONE) {
      double highest = HIGHEST_LOOP_OF_ONE * line.height();
      found.removeIf(cut -> cut.goesThroughPaper() && cut.span > highest);
    }
    double rest = LEAST_REST * line.height();
    found.removeIf(cut -> cut.middle() < rest || cut.middle() > blob.width() - rest);
    found.sort(Comparator.comparingInt(Cut::crossed));
    List<Cut> kept = new ArrayList<>();
    for (Cut cut : found) {
      double near = NEAR * line.height();
      if (kept.stream().noneMatch(other -> Math.abs(other.middle() - cut.middle()) < near)) {
        kept.add(cut);
      }
    }
    return kept;
  }

  private static double mostCrossed(double width) {
    if (width <= NARROW) {
      return MOST_CROSSED_OF_NARROW;
    }
    return width <= WIDEST_ONE ? MOST_CROSSED_OF_ONE : MOST_CROSSED;
  }

  private static Cut along(int[] columns, boolean[][] ink) {
    int crossed = 0;
    int first = -1;
    int last = -1;
    for (int y = 0; y < ink.length; y++) {
      if (ink[y][columns[y]]) {
        crossed++;
        first = first < 0 ? y : first;
        last = y;
      }
    }
    return new Cut(columns, crossed, crossed == 0 ? 0 : last - first + 1);
  }

  private static boolean[][] bitmap(Blob blob) {
    boolean[][] ink = new boolean[blob.height()][blob.width()];
    blob.eachPixel((x, y) -> ink[y - blob.top][x - blob.left] = true);
    return ink;
  }

  /** Columns with no more ink than those beside them. */
  private static List<Cut> byProjection(boolean[][] ink) {
    int width = ink[0].length;
    int[] projection = new int[width];
    for (boolean[] row : ink) {
      for (int x = 0; x < width; x++) {
        projection[x] += row[x] ? 1 : 0;
      }
    }
    List<Cut> cuts = new ArrayList<>();
    int x = 1;
    while (x < width - 1) {
      int end = x;
      while (end < width - 1 && projection[end + 1] == projection[x]) {
        end++;
      }
      boolean valley = projection[x - 1] > projection[x];
      if (valley && end < width - 1 && projection[end + 1] > projection[x]) {
        int[] columns = new int[ink.length];
        Arrays.fill(columns, (x + end) / 2);
        cuts.add(along(columns, ink));
      }
      x = end + 1;
    }
    return cuts;
  }

  /** Drops that fall from the valleys of the upper outline, and ones that rise from the lower. */
  private static List<Cut> byFalling(boolean[][] ink) {
    List<Cut> cuts = new ArrayList<>();
    boolean[][] turned = turned(ink);
    for (int x : valleys(ink)) {
      cuts.add(fall(ink, x));
    }
    for (int x : valleys(turned)) {
      Cut cut = fall(turned, x);
      cuts.add(new Cut(reversed(cut.columns), cut.crossed, cut.span));
    }
    return cuts;
  }

  private static boolean[][] turned(boolean[][] ink) {
    boolean[][] turned = new boolean[ink.length][];
    for (int y = 0; y < ink.length; y++) {
      turned[y] = ink[ink.length - 1 - y];
    }
    return turned;
  }

  private static int[] reversed(int[] columns) {
    int[] reversed = new int[columns.length];
    for (int i = 0; i < columns.length; i++) {
      reversed[i] = columns[columns.length - 1 - i];
    }
    return reversed;
  }

  /** Columns where the outline is lower than on both sides. */
  private static List<Integer> valleys(boolean[][] ink) {
    int width = ink[0].length;
    int[] outline = new int[width];
    for (int x = 0; x < width; x++) {
      while (outline[x] < ink.length - 1 && !ink[outline[x]][x]) {
        outline[x]++;
      }
    }
    List<Integer> valleys = new ArrayList<>();
    int x = 1;
    while (x < width - 1) {
      int end = x;
      while (end < width - 1 && outline[end + 1] == outline[x]) {
        end++;
      }
      if (outline[x - 1] < outline[x] && end < width - 1 && outline[end + 1] < outline[x]) {
        valleys.add((x + end) / 2);
      }
      x = end + 1;
    }
    return valleys;
  }

  private static Cut fall(boolean[][] ink, int from) {
    int[] columns = new int[ink.length];
    int x = from;
    for (int y = 0; y < ink.length; y++) {
      columns[y] = x;
      if (y + 1 < ink.length) {
        x = below(ink[y + 1], x);
      }
    }
    return along(columns, ink);
  }

  /** Straight down if that is free, else to a side that is, else straight through the ink. */
  private static int below(boolean[] row, int x) {
    if (!row[x]) {
      return x;
    }
    if (x > 0 && !row[x - 1]) {
      return x - 1;
    }
    return x < row.length - 1 && !row[x + 1] ? x + 1 : x;
  }
}
