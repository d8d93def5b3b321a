package org.digitrecognizer.scan;

import java.util.Arrays;

/**
 * Tells a digit with broken strokes from several digits. Where a straight cut between the parts,
 * upright or level, leaves something as large as a digit on both sides, there are several. Not for
 * two threads at once.
 */
final class PartGroups {

  /** This many parts of about the same size are a page, whatever the cuts. */
  private static final int PAGE = 5;

  /** Side by side: on both sides a part as tall as this share of the whole. */
  private static final double BESIDE_HEIGHT = 0.5;

  /** One above the other: both as tall and as wide as these shares of the whole. */
  private static final double STACKED_HEIGHT = 0.3;

  private static final double STACKED_WIDTH = 0.2;

  /** And the whole as many times taller than wide. */
  private static final double STACKED_ASPECT = 1.8;

  /** Both with this share of the ink. */
  private static final double LEAST_INK = 0.1;

  /** The gap between them as a share of the whole's height. */
  private static final double LEAST_GAP = 0.03;

  private int[] order = new int[16];
  private int count;
  private int wholeWidth;
  private int wholeHeight;

  boolean areSeveral(Components parts, int figures) {
    collect(parts);
    if (count < 2) {
      return false;
    }
    return figures >= PAGE || areBeside(parts) || areStacked(parts);
  }

  private void collect(Components parts) {
    count = 0;
    for (int i = 0; i < parts.count; i++) {
      if (parts.area[i] > 0) {
        if (count == order.length) {
          order = Arrays.copyOf(order, count * 2);
        }
        order[count++] = i;
      }
    }
    wholeWidth = extent(parts.left, parts.right, 0, count);
    wholeHeight = extent(parts.top, parts.bottom, 0, count);
  }

  private boolean areBeside(Components parts) {
    sort(parts.left);
    for (int cut = 1; cut < count; cut++) {
      if (isCut(parts, parts.left, parts.right, cut)
          && Math.min(tallest(parts, 0, cut), tallest(parts, cut, count))
              >= BESIDE_HEIGHT * wholeHeight) {
        return true;
      }
    }
    return false;
  }

  private boolean areStacked(Components parts) {
    if (wholeHeight < STACKED_ASPECT * wholeWidth) {
      return false;
    }
    sort(parts.top);
    for (int cut = 1; cut < count; cut++) {
      if (isCut(parts, parts.top, parts.bottom, cut)
          && smaller(parts.top, parts.bottom, cut) >= STACKED_HEIGHT * wholeHeight
          && smaller(parts.left, parts.right, cut) >= STACKED_WIDTH * wholeWidth) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is a gap between the parts before a place in the order and those after it. */
  private boolean isCut(Components parts, int[] starts, int[] ends, int cut) {
    int end = -1;
    double before = 0;
    double all = 0;
    for (int i = 0; i < count; i++) {
      all += parts.area[order[i]];
      if (i < cut) {
        before += parts.area[order[i]];
        end = Math.max(end, ends[order[i]]);
      }
    }
    double gap = starts[order[cut]] - end - 1;
    return gap >= Math.max(1, LEAST_GAP * wholeHeight)
        && Math.min(before, all - before) >= LEAST_INK * all;
  }

  private int tallest(Components parts, int from, int to) {
    int tallest = 0;
    for (int i = from; i < to; i++) {
      tallest = Math.max(tallest, parts.height(order[i]));
    }
    return tallest;
  }

  private int smaller(int[] starts, int[] ends, int cut) {
    return Math.min(extent(starts, ends, 0, cut), extent(starts, ends, cut, count));
  }

  private int extent(int[] starts, int[] ends, int from, int to) {
    int start = Integer.MAX_VALUE;
    int end = -1;
    for (int i = from; i < to; i++) {
      start = Math.min(start, starts[order[i]]);
      end = Math.max(end, ends[order[i]]);
    }
    return end - start + 1;
  }

  /**
   * Sorts the order by insertion: there are few parts, and an array of objects would be garbage.
   */
  private void sort(int[] keys) {
    for (int i = 1; i < count; i++) {
      int part = order[i];
      int j = i;
      while (j > 0 && keys[order[j - 1]] > keys[part]) {
        order[j] = order[j - 1];
        j--;
      }
      order[j] = part;
    }
  }
}
