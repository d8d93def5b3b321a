// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

/**
 * Takes a ruled line or a cell's border off the ink that a digit stands on or crosses: a straight
 * band of ink from one side of the scan to the other, thinner than an eighth of it. Where a stroke
 * crosses the line, it stays. A digit's own bar is no line: without a line, the digit must stand
 * free of all sides of the scan, which in a scan cropped to the ink it does not. Not for two
 * threads at once.
 */
final class RuledLines {

  /** This part of a line is ink. */
  private static final double COVERED = 0.8;

  /** A line takes less than this share of the scan. */
  private static final double THICK = 0.125;

  /** A line's rough edge reaches this far, as a share of the scan. */
  private static final double ROUGH = 0.06;

  /** A digit is at least this share of the scan, or what stands free is none. */
  private static final double LEAST_DIGIT = 0.35;

  /** One of the two directions of lines: how many there are, how long, and the steps of each. */
  private record Direction(int lines, int length, int across, int along) {}

  private final Components rest = new Components();
  private byte[] kept = new byte[0];
  private int[] columns = new int[0];
  private int[] rows = new int[0];

  /**
   * Erases what is a ruled line.
   *
   * @param parts of the ink; they must be found again if this returns true
   */
  boolean erase(Components parts, byte[] ink, int width, int height) {
    if (columns.length < width + 1 || rows.length < height) {
      columns = new int[Math.max(columns.length, width + 1)];
      rows = new int[Math.max(rows.length, height)];
    }
    parts.profile(rows, columns, width, height);
    boolean level = eraseBands(rows, new Direction(height, width, width, 1), ink, width, height);
    boolean upright =
        eraseBands(columns, new Direction(width, height, 1, width), ink, width, height);
    return level || upright;
  }

  private boolean eraseBands(int[] inked, Direction direction, byte[] ink, int width, int height) {
    boolean erased = false;
    double thickest = Math.max(2, THICK * direction.lines());
    int start = -1;
    for (int i = 0; i <= direction.lines(); i++) {
      boolean dense = i < direction.lines() && inked[i] >= COVERED * direction.length();
      if (dense && start < 0) {
        start = i;
      } else if (!dense && start >= 0) {
        if (i - start <= thickest && reachesBothSides(start, i, direction, ink)) {
          erased |= eraseBand(start, i, direction, ink, width, height);
        }
        start = -1;
      }
    }
    return erased;
  }

  private static boolean reachesBothSides(int from, int to, Direction direction, byte[] ink) {
    boolean first = false;
    boolean last = false;
    for (int i = from; i < to; i++) {
      first |= isInk(ink, i, 0, direction);
      last |= isInk(ink, i, direction.length() - 1, direction);
    }
    return first && last;
  }

  private boolean eraseBand(
      int from, int to, Direction direction, byte[] ink, int width, int height) {
    int n = width * height;
    if (kept.length < n) {
      kept = new byte[n];
    }
    System.arraycopy(ink, 0, kept, 0, n);
    int rough = (int) Math.max(1, Math.max((to - from) / 2, Math.round(ROUGH * direction.lines())));
    for (int j = 0; j < direction.length(); j++) {
      eraseAcross(from, to, rough, j, direction, ink);
    }
    rest.find(ink, width, height, InkSelection.LEVEL);
    int digit = InkSelection.largest(rest);
    if (digit >= 0 && standsFree(digit, width, height)) {
      return true;
    }
    System.arraycopy(kept, 0, ink, 0, n);
    return false;
  }

  /** Erases the line at one place along it, unless a stroke crosses or meets it there. */
  private static void eraseAcross(
      int from, int to, int rough, int j, Direction direction, byte[] ink) {
    int before = from;
    while (before > 0 && from - before <= rough && isInk(ink, before - 1, j, direction)) {
      before--;
    }
    int after = to;
    while (after < direction.lines() && after - to <= rough && isInk(ink, after, j, direction)) {
      after++;
    }
    if (from - before <= rough && after - to <= rough) {
      int end = Math.min(direction.lines(), after + 1);
      for (int i = Math.max(0, before - 1); i < end; i++) {
        ink[i * direction.across() + j * direction.along()] = 0;
      }
    }
  }

  private boolean standsFree(int digit, int width, int height) {
    boolean large =
        rest.height(digit) >= LEAST_DIGIT * height || rest.width(digit) >= LEAST_DIGIT * width;
    return large
        && rest.left[digit] > 0
        && rest.right[digit] < width - 1
        && rest.top[digit] > 0
        && rest.bottom[digit] < height - 1;
  }

  private static boolean isInk(byte[] ink, int i, int j, Direction direction) {
    return (ink[i * direction.across() + j * direction.along()] & 0xff) >= InkSelection.LEVEL;
  }
}
