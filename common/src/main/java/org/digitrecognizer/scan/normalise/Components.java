package org.digitrecognizer.scan.normalise;

import java.util.Arrays;

/**
 * The connected parts of the ink, eight neighbours a pixel. Rows are cut into runs and touching
 * runs are united, so that the work grows with the edges of the ink rather than its area; BoofCV's
 * labelling walks round every contour and writes a label a pixel, which costs several times this.
 */
final class Components {

  private int runs;
  private int[] runRow = new int[1024];
  private int[] runStart = new int[1024];
  private int[] runEnd = new int[1024];
  private int[] parent = new int[1024];

  /** How many components there are. */
  int count;

  /** Pixels of each component. */
  int[] area = new int[64];

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
    }
    runRow[runs] = y;
    runStart[runs] = start;
    runEnd[runs] = end;
    parent[runs] = runs;
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
      area[component] += runEnd[run] - runStart[run] + 1;
      left[component] = Math.min(left[component], runStart[run]);
      right[component] = Math.max(right[component], runEnd[run]);
      bottom[component] = runRow[run];
    }
  }

  private int open(int run) {
    if (count == area.length) {
      area = Arrays.copyOf(area, count * 2);
      left = Arrays.copyOf(left, count * 2);
      right = Arrays.copyOf(right, count * 2);
      top = Arrays.copyOf(top, count * 2);
      bottom = Arrays.copyOf(bottom, count * 2);
    }
    area[count] = 0;
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
   * @param sides receives top, right, bottom, left
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
      }
    }
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
