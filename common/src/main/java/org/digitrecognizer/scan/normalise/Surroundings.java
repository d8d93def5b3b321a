// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import java.util.Arrays;

/**
 * Takes away what lies around the digit and is not it: shade, a dot, a dash, the end of a
 * neighbour's stroke that enters at a side of the scan, ink of the line above. What a broken stroke
 * leaves lies near the rest of it, above or below it, or is large. Work grows with the ink, not
 * with the number of parts times the ink. Not for two threads at once.
 */
final class Surroundings {

  /** Shade takes at least this much of the scan. */
  private static final double LEAST_SHADE = 0.06;

  /** Other ink has at least this side, as a share of the scan's shorter one, to be the digit. */
  private static final double LEAST_DIGIT = 0.15;

  /** Parts lie beside each other if they share less than this part of the narrower one's extent. */
  private static final double APART = 0.34;

  /** A dot or dash: share of the digit's ink and of its height. */
  private static final double DOT_INK = 0.15;

  private static final double DOT_HEIGHT = 0.35;

  /** A neighbour's end: the same. */
  private static final double NEIGHBOUR_INK = 0.35;

  private static final double NEIGHBOUR_HEIGHT = 0.75;

  /** Ink that enters from above or below: share of the digit's ink. */
  private static final double ABOVE_INK = 0.1;

  /** Ink of a smaller share is none of the digit's if it is farther off than so many strokes. */
  private static final double FAR_INK = 0.12;

  private static final double FAR = 1.3;

  private final PenStroke penStroke = new PenStroke();
  private byte[] near = new byte[0];

  /** Drops the corners and sides that lie in the shade, and returns whether there are any. */
  boolean dropShade(Components parts, byte[] ink, int width, int height) {
    boolean shade = false;
    double least = LEAST_DIGIT * Math.min(width, height);
    for (int i = 0; i < parts.count; i++) {
      if (parts.area[i] > LEAST_SHADE * width * height
          && penStroke.isShade(parts, i, width, height)
          && parts.hasOther(i, least)) {
        parts.erase(i, ink, width, height);
        shade = true;
      }
    }
    return shade;
  }

  /** Drops what lies beside the digit or far from it. */
  void dropOthers(Components parts, int digit, byte[] ink, int width, int height) {
    if (parts.count == 1) {
      return;
    }
    boolean anySmall = false;
    for (int i = 0; i < parts.count; i++) {
      if (i != digit && parts.area[i] > 0) {
        parts.dropped[i] = isOther(parts, i, digit, width, height);
        anySmall |= !parts.dropped[i] && parts.area[i] < FAR_INK * parts.area[digit];
      }
    }
    if (anySmall) {
      dropFar(parts, digit, width, height);
    }
    parts.eraseDropped(ink, width, height);
  }

  private void dropFar(Components parts, int digit, int width, int height) {
    if (near.length < width * height) {
      near = new byte[width * height];
    }
    Arrays.fill(near, 0, width * height, (byte) 0);
    int reach = (int) Math.ceil(FAR * parts.strokeWidth(digit));
    parts.mark(digit, reach, near, width, height);
    boolean[] met = parts.marked(near, width);
    for (int i = 0; i < parts.count; i++) {
      parts.dropped[i] |= !met[i] && parts.area[i] < FAR_INK * parts.area[digit];
    }
  }

  private static boolean isOther(Components parts, int part, int digit, int width, int height) {
    double ink = (double) parts.area[part] / parts.area[digit];
    double tall = (double) parts.height(part) / parts.height(digit);
    if (isApart(parts.left, parts.right, part, digit)) {
      boolean enters = parts.left[part] == 0 || parts.right[part] == width - 1;
      return (ink < DOT_INK && tall < DOT_HEIGHT)
          || (enters && ink < NEIGHBOUR_INK && tall < NEIGHBOUR_HEIGHT);
    }
    boolean enters = parts.top[part] == 0 || parts.bottom[part] == height - 1;
    return enters && ink < ABOVE_INK && isApart(parts.top, parts.bottom, part, digit);
  }

  private static boolean isApart(int[] starts, int[] ends, int part, int digit) {
    int shared = Math.min(ends[part], ends[digit]) - Math.max(starts[part], starts[digit]) + 1;
    int narrower = Math.min(ends[part] - starts[part], ends[digit] - starts[digit]) + 1;
    return shared < APART * narrower;
  }
}
