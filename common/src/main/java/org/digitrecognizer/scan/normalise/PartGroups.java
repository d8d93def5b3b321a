// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import java.util.Arrays;

/**
 * Tells a digit with broken strokes from several digits. Where a straight cut between the parts,
 * upright or level, leaves something as large as a digit on both sides, there are several. A
 * speckled scan has tens of thousands of parts, so that no cut looks at all of them. Not for two
 * threads at once.
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

  private final Halves ink = new Halves();
  private final Halves along = new Halves();
  private final Halves across = new Halves();

  /** The parts, each as its key to sort by in the upper half and its number in the lower. */
  private long[] order = new long[16];

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
    wholeWidth = extent(parts.left, parts.right);
    wholeHeight = extent(parts.top, parts.bottom);
  }

  private int extent(int[] starts, int[] ends) {
    int start = Integer.MAX_VALUE;
    int end = -1;
    for (int i = 0; i < count; i++) {
      start = Math.min(start, starts[part(i)]);
      end = Math.max(end, ends[part(i)]);
    }
    return end - start + 1;
  }

  private boolean areBeside(Components parts) {
    sort(parts.left);
    ink.addUp(parts.area);
    along.extents(parts.left, parts.right);
    across.longest(parts.top, parts.bottom);
    for (int cut = 1; cut < count; cut++) {
      if (isCut(parts.left, cut) && across.smaller(cut) >= BESIDE_HEIGHT * wholeHeight) {
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
    ink.addUp(parts.area);
    along.extents(parts.top, parts.bottom);
    across.extents(parts.left, parts.right);
    for (int cut = 1; cut < count; cut++) {
      if (isCut(parts.top, cut)
          && along.smaller(cut) >= STACKED_HEIGHT * wholeHeight
          && across.smaller(cut) >= STACKED_WIDTH * wholeWidth) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is a gap between the parts before a place in the order and those after it. */
  private boolean isCut(int[] starts, int cut) {
    int start = starts[part(0)];
    double gap = starts[part(cut)] - (start + along.before[cut]);
    double all = ink.before[cut] + (double) ink.after[cut];
    return gap >= Math.max(1, LEAST_GAP * wholeHeight) && ink.smaller(cut) >= LEAST_INK * all;
  }

  private int part(int place) {
    return (int) order[place];
  }

  private void sort(int[] keys) {
    for (int i = 0; i < count; i++) {
      order[i] = (long) keys[part(i)] << Integer.SIZE | part(i);
    }
    Arrays.sort(order, 0, count);
  }

  /** For each cut, what the parts before it come to, and what those after it do. */
  private final class Halves {

    private int[] before = new int[16];
    private int[] after = new int[16];

    private void addUp(int[] amounts) {
      reserve();
      for (int cut = 1; cut <= count; cut++) {
        before[cut] = before[cut - 1] + amounts[part(cut - 1)];
      }
      for (int cut = count - 1; cut >= 0; cut--) {
        after[cut] = after[cut + 1] + amounts[part(cut)];
      }
    }

    /** From the first start to the last end. */
    private void extents(int[] starts, int[] ends) {
      reserve();
      int start = Integer.MAX_VALUE;
      int end = -1;
      for (int cut = 1; cut <= count; cut++) {
        start = Math.min(start, starts[part(cut - 1)]);
        end = Math.max(end, ends[part(cut - 1)]);
        before[cut] = end - start + 1;
      }
      start = Integer.MAX_VALUE;
      end = -1;
      for (int cut = count - 1; cut >= 0; cut--) {
        start = Math.min(start, starts[part(cut)]);
        end = Math.max(end, ends[part(cut)]);
        after[cut] = end - start + 1;
      }
    }

    /** Of the longest part. */
    private void longest(int[] starts, int[] ends) {
      reserve();
      for (int cut = 1; cut <= count; cut++) {
        before[cut] = Math.max(before[cut - 1], length(starts, ends, part(cut - 1)));
      }
      for (int cut = count - 1; cut >= 0; cut--) {
        after[cut] = Math.max(after[cut + 1], length(starts, ends, part(cut)));
      }
    }

    private static int length(int[] starts, int[] ends, int part) {
      return ends[part] - starts[part] + 1;
    }

    private int smaller(int cut) {
      return Math.min(before[cut], after[cut]);
    }

    private void reserve() {
      if (before.length <= count) {
        before = new int[2 * count];
        after = new int[2 * count];
      }
      before[0] = 0;
      after[count] = 0;
    }
  }
}
