// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import java.util.Arrays;

/**
 * The connected parts of the ink, eight neighbours a pixel. Rows are cut into runs and touching
 * runs are united, so that the work grows with the edges of the ink rather than its area.
 */
final class Components {

  private int runs;
  private int[] runRow = new int[1024];
  private int[] runStart = new int[1024];
  private int[] runEnd = new int[1024];
  private int[] parent = new int[1024];
  private int[] shared = new int[1024];

  /** How many components there are. */
  int count;

  /** Pixels of each component. */
  int[] area = new int[64];

  /** Sides of a component's pixels that lie on what is no ink of it, or on the scan's edge. */
  int[] outline = new int[64];

  /** Which components are none of the digit's. */
  boolean[] dropped = new boolean[64];

  /** The first and the last column and row of each component. */
  int[] left = new int[64];

  int[] right = new int[64];
  int[] top = new int[64];
  int[] bottom = new int[64];

  /**
   * Finds the components of the pixels that are at least as dark as a level.
   *
   * @param ink row by row, unsigned, 0 = paper
   */
  void find(byte[] ink, int width, int height, int level) {
    runs = 0;
    int previous = 0;
    for (int y = 0; y < height; y++) {
      int first = runs;
      cutRow(ink, y * width, width, y, level);
      unite(previous, first);
      previous = first;
    }
    measure();
  }

  private void cutRow(byte[] ink, int offset, int width, int y, int level) {
    int x = 0;
    while (x < width) {
      while (x < width && (ink[offset + x] & 0xff) < level) {
        x++;
      }
      if (x < width) {
        int start = x;
        while (x < width && (ink[offset + x] & 0xff) >= level) {
          x++;
        }
        addRun(y, start, x - 1);
      }
    }
  }

  private void addRun(int y, int start, int end) {
    if (runs == runRow.length) {
      runRow = Arrays.copyOf(runRow, runs * 2);
      runStart = Arrays.copyOf(runStart, runs * 2);
      runEnd = Arrays.copyOf(runEnd, runs * 2);
      parent = Arrays.copyOf(parent, runs * 2);
      shared = Arrays.copyOf(shared, runs * 2);
    }
    runRow[runs] = y;
    runStart[runs] = start;
    runEnd[runs] = end;
    parent[runs] = runs;
    shared[runs] = 0;
    runs++;
  }

  /** Unites the runs of the last row, from first on, with those of the row before. */
  private void unite(int previous, int first) {
    int above = previous;
    for (int run = first; run < runs; run++) {
      while (above < first && runEnd[above] < runStart[run] - 1) {
        above++;
      }
      for (int i = above; i < first && runStart[i] <= runEnd[run] + 1; i++) {
        int a = root(i);
        int b = root(run);
        parent[Math.max(a, b)] = Math.min(a, b);
        int overlap = Math.min(runEnd[i], runEnd[run]) - Math.max(runStart[i], runStart[run]) + 1;
        shared[run] += Math.max(0, overlap);
      }
    }
  }

  private int root(int run) {
    int i = run;
    while (parent[i] != i) {
      parent[i] = parent[parent[i]];
      i = parent[i];
    }
    return i;
  }

  /** Numbers the components, and leaves each run's number in its place in parent. */
  private void measure() {
    count = 0;
    for (int run = 0; run < runs; run++) {
      int component;
      if (parent[run] == run) {
        component = open(run);
      } else {
        // A parent comes before its runs, so that it holds its component's number already.
        component = -1 - parent[parent[run]];
      }
      parent[run] = -1 - component;
      int length = runEnd[run] - runStart[run] + 1;
      area[component] += length;
      outline[component] += 2 + 2 * length - 2 * shared[run];
      left[component] = Math.min(left[component], runStart[run]);
      right[component] = Math.max(right[component], runEnd[run]);
      bottom[component] = runRow[run];
    }
  }

  private int open(int run) {
    if (count == area.length) {
      area = Arrays.copyOf(area, count * 2);
      outline = Arrays.copyOf(outline, count * 2);
      dropped = Arrays.copyOf(dropped, count * 2);
      left = Arrays.copyOf(left, count * 2);
      right = Arrays.copyOf(right, count * 2);
      top = Arrays.copyOf(top, count * 2);
      bottom = Arrays.copyOf(bottom, count * 2);
    }
    area[count] = 0;
    outline[count] = 0;
    dropped[count] = false;
    left[count] = Integer.MAX_VALUE;
    right[count] = -1;
    top[count] = runRow[run];
    return count++;
  }

  /**
   * Wipes a component off the paper, and the soft edge around it; its area is 0 then.
   *
   * @param ink the array that was searched
   */
  void erase(int component, byte[] ink, int width, int height) {
    area[component] = 0;
    for (int run = 0; run < runs; run++) {
      if (parent[run] == -1 - component) {
        wipe(run, ink, width, height);
      }
    }
  }

  /**
   * Wipes all components below an area off the paper, as {@link #erase} does, in one pass: a
   * speckled scan has tens of thousands.
   */
  void eraseBelow(int least, byte[] ink, int width, int height) {
    for (int run = 0; run < runs; run++) {
      int itsArea = area[-1 - parent[run]];
      if (itsArea > 0 && itsArea < least) {
        wipe(run, ink, width, height);
      }
    }
    for (int component = 0; component < count; component++) {
      if (area[component] < least) {
        area[component] = 0;
      }
    }
  }

  /** Wipes all components that are marked as dropped off the paper, in one pass. */
  void eraseDropped(byte[] ink, int width, int height) {
    for (int run = 0; run < runs; run++) {
      if (dropped[-1 - parent[run]]) {
        wipe(run, ink, width, height);
      }
    }
    for (int component = 0; component < count; component++) {
      if (dropped[component]) {
        area[component] = 0;
      }
    }
  }

  private void wipe(int run, byte[] ink, int width, int height) {
    int from = Math.max(0, runStart[run] - 1);
    int to = Math.min(width, runEnd[run] + 2);
    for (int y = Math.max(0, runRow[run] - 1); y <= Math.min(height - 1, runRow[run] + 1); y++) {
      Arrays.fill(ink, y * width + from, y * width + to, (byte) 0);
    }
  }

  /**
   * Counts how many of a component's pixels lie on each side of the image.
   *
   * @param sides receives top, right, bottom, left, and how many corners of the image it holds
   */
  void alongSides(int component, int width, int height, int[] sides) {
    Arrays.fill(sides, 0);
    for (int run = 0; run < runs; run++) {
      if (parent[run] == -1 - component) {
        int length = runEnd[run] - runStart[run] + 1;
        sides[0] += runRow[run] == 0 ? length : 0;
        sides[1] += runEnd[run] == width - 1 ? 1 : 0;
        sides[2] += runRow[run] == height - 1 ? length : 0;
        sides[3] += runStart[run] == 0 ? 1 : 0;
        if (runRow[run] == 0 || runRow[run] == height - 1) {
          sides[4] += (runStart[run] == 0 ? 1 : 0) + (runEnd[run] == width - 1 ? 1 : 0);
        }
      }
    }
  }

  /**
   * Marks the pixels that lie within a reach of what is left of the ink, along both axes.
   *
   * @param mask receives 1 for these, row by row; must hold 0
   */
  void mark(int reach, byte[] mask, int width, int height) {
    mark(-1, reach, mask, width, height);
  }

  /** The same of one component; of all if it is -1. */
  void mark(int component, int reach, byte[] mask, int width, int height) {
    for (int run = 0; run < runs; run++) {
      int its = -1 - parent[run];
      if (component < 0 ? area[its] > 0 : its == component) {
        int from = Math.max(0, runStart[run] - reach);
        int to = Math.min(width, runEnd[run] + reach + 1);
        int last = Math.min(height - 1, runRow[run] + reach);
        for (int y = Math.max(0, runRow[run] - reach); y <= last; y++) {
          Arrays.fill(mask, y * width + from, y * width + to, (byte) 1);
        }
      }
    }
  }

  /** Returns for each component whether any pixel of it is marked. */
  boolean[] marked(byte[] mask, int width) {
    boolean[] marked = new boolean[count];
    for (int run = 0; run < runs; run++) {
      int component = -1 - parent[run];
      for (int x = runStart[run]; x <= runEnd[run] && !marked[component]; x++) {
        marked[component] = mask[runRow[run] * width + x] != 0;
      }
    }
    return marked;
  }

  /** Whether there is another component whose longer side has at least so many pixels. */
  boolean hasOther(int component, double least) {
    for (int i = 0; i < count; i++) {
      if (i != component && area[i] > 0 && longerSide(i) >= least) {
        return true;
      }
    }
    return false;
  }

  /** Counts the ink of each row and each column. */
  void profile(int[] rows, int[] columns, int width, int height) {
    Arrays.fill(rows, 0, height, 0);
    Arrays.fill(columns, 0, width + 1, 0);
    for (int run = 0; run < runs; run++) {
      rows[runRow[run]] += runEnd[run] - runStart[run] + 1;
      columns[runStart[run]]++;
      columns[runEnd[run] + 1]--;
    }
    for (int x = 1; x < width; x++) {
      columns[x] += columns[x - 1];
    }
  }

  /** Pixels of all components. */
  int inkedPixels() {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += area[i];
    }
    return sum;
  }

  /** Share of the box around a component that is its ink. */
  double fill(int component) {
    return (double) area[component] / ((double) width(component) * height(component));
  }

  /** Mean width of a component's strokes: twice the area over the outline. */
  double strokeWidth(int component) {
    return 2.0 * area[component] / outline[component];
  }

  int longerSide(int component) {
    return Math.max(width(component), height(component));
  }

  int width(int component) {
    return right[component] - left[component] + 1;
  }

  int height(int component) {
    return bottom[component] - top[component] + 1;
  }
}
