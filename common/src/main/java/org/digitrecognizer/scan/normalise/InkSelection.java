// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

/**
 * Decides which of the ink is the digit, and whether it is one digit at all. Dust and dark edges of
 * the scanner go. The limits come from MNIST's 70,000 digits, of which 136 fall apart into pieces
 * side by side and 200 into pieces one above the other. Not for two threads at once.
 */
final class InkSelection {

  /** From this level on, a pixel is ink for certain. */
  static final int LEVEL = 100;

  /** What the ink turned out to be. */
  enum Kind {
    NONE,
    ONE,
    SEVERAL
  }

  /** A part with less than this much of the largest part's area is dust. */
  private static final double DUST = 0.04;

  /** Ink whose longer side has fewer pixels is dust, however little else there is. */
  private static final int LEAST_SIDE = 5;

  /** The same as a part of the scan's shorter side. */
  private static final double LEAST_SHARE = 0.01;

  /** An edge of the scanner runs along this much of a side of the scan, and fills this much. */
  private static final double EDGE_SPAN = 0.8;

  private static final double EDGE_FILL = 0.6;

  /** An edge that takes more of the scan is shade, in which strokes may be lost. */
  private static final double WIDE_EDGE = 0.12;

  /** Other ink has at least this share of the scan's shorter side, or the edge is the digit. */
  private static final double LEAST_OTHER = 0.4;

  /**
   * So many parts of about the same size, none with this much of the ink, are a pattern of the
   * paper; unless they stand out, as the pieces of a broken stroke do.
   */
  private static final int PATTERN = 3;

  private static final double MAIN_INK = 0.4;

  /** A pixel this dark belongs to the ink beside it. */
  private static final int FAINT = 16;

  /** How far that goes, in sides of the digit: a pixel and a half of 20. */
  private static final double FAINT_REACH = 1.5 / 20;

  private final Surroundings surroundings = new Surroundings();
  private final PartGroups groups = new PartGroups();
  private final int[] sides = new int[5];

  /** The first and the last column and row of the digit. */
  int left;

  int right;
  int top;
  int bottom;

  /** Where the digit begins and ends, in pixels from the edges of the scan: x and y. */
  final double[] from = new double[2];

  final double[] to = new double[2];

  /** Whether a corner or a side of the scan lies in the shade. */
  boolean shade;

  /** How many parts are about as large as the largest. */
  int figures;

  /**
   * Erases what is no digit, and finds what the rest is.
   *
   * @param ink what the parts were found in
   * @param signal contrast between ink and paper over the noise of the paper
   */
  Kind select(Components parts, byte[] ink, double signal, int width, int height) {
    shade = dropEdges(parts, ink, width, height);
    shade |= surroundings.dropShade(parts, ink, width, height);
    int largest = largest(parts);
    double least = Math.max(LEAST_SIDE, LEAST_SHARE * Math.min(width, height));
    if (largest < 0 || parts.longerSide(largest) < least) {
      return Kind.NONE;
    }
    surroundings.dropOthers(parts, largest, ink, width, height);
    int dust = (int) Math.max(3, DUST * parts.area[largest]);
    parts.eraseBelow(dust, ink, width, height);
    surround(parts);
    figures = figures(parts, parts.longerSide(largest));
    if (groups.areSeveral(parts, figures)) {
      return Kind.SEVERAL;
    }
    boolean isPattern =
        signal < PenStroke.STRONG_SIGNAL
            && figures >= PATTERN
            && parts.area[largest] < MAIN_INK * parts.inkedPixels();
    return isPattern ? Kind.NONE : Kind.ONE;
  }

  /**
   * A part along a whole side is the scanner's edge or a printed frame, if there is other ink;
   * returns whether one of them is so wide that it is shade.
   */
  private boolean dropEdges(Components parts, byte[] ink, int width, int height) {
    boolean wide = false;
    double least = Math.max(LEAST_SIDE, LEAST_OTHER * Math.min(width, height));
    for (int i = 0; i < parts.count; i++) {
      if (isEdge(parts, i, width, height) && parts.hasOther(i, least)) {
        wide |= parts.area[i] > WIDE_EDGE * width * height;
        parts.erase(i, ink, width, height);
      }
    }
    return wide;
  }

  private boolean isEdge(Components parts, int part, int width, int height) {
    boolean spansWidth = parts.width(part) >= EDGE_SPAN * width;
    boolean spansHeight = parts.height(part) >= EDGE_SPAN * height;
    if (!spansWidth && !spansHeight) {
      return false;
    }
    parts.alongSides(part, width, height, sides);
    return Math.max(sides[0], sides[2]) >= EDGE_FILL * width
        || Math.max(sides[1], sides[3]) >= EDGE_FILL * height;
  }

  /** Returns the part with the most ink, -1 if there is none. */
  static int largest(Components parts) {
    int largest = -1;
    for (int i = 0; i < parts.count; i++) {
      if (parts.area[i] > 0 && (largest < 0 || parts.area[i] > parts.area[largest])) {
        largest = i;
      }
    }
    return largest;
  }

  private void surround(Components parts) {
    left = Integer.MAX_VALUE;
    right = -1;
    top = Integer.MAX_VALUE;
    bottom = -1;
    for (int i = 0; i < parts.count; i++) {
      if (parts.area[i] > 0) {
        left = Math.min(left, parts.left[i]);
        right = Math.max(right, parts.right[i]);
        top = Math.min(top, parts.top[i]);
        bottom = Math.max(bottom, parts.bottom[i]);
      }
    }
  }

  /** How many sides of the scan the digit's ink lies on. */
  int sidesTouched(int width, int height) {
    return (left == 0 ? 1 : 0)
        + (top == 0 ? 1 : 0)
        + (right == width - 1 ? 1 : 0)
        + (bottom == height - 1 ? 1 : 0);
  }

  private static int figures(Components parts, int longest) {
    int figures = 0;
    for (int i = 0; i < parts.count; i++) {
      if (parts.area[i] > 0 && parts.longerSide(i) >= longest / 2) {
        figures++;
      }
    }
    return figures;
  }

  /**
   * Takes in the faint edge of the ink around the digit, which belongs to it.
   *
   * @param ink what the parts were found in
   */
  void takeInFaintEdge(byte[] ink, int width, int height) {
    int reach = (int) Math.ceil(Math.max(right - left, bottom - top) * FAINT_REACH);
    int first = Math.max(0, left - reach);
    int last = Math.min(width - 1, right + reach);
    while (left > first && darkest(ink, top * width + left - 1, width, bottom - top) >= FAINT) {
      left--;
    }
    while (right < last && darkest(ink, top * width + right + 1, width, bottom - top) >= FAINT) {
      right++;
    }
    first = Math.max(0, top - reach);
    last = Math.min(height - 1, bottom + reach);
    while (top > first && darkest(ink, (top - 1) * width + left, 1, right - left) >= FAINT) {
      top--;
    }
    while (bottom < last && darkest(ink, (bottom + 1) * width + left, 1, right - left) >= FAINT) {
      bottom++;
    }
  }

  /**
   * Finds where the ink begins and ends to a fraction of a pixel: an outermost line that is half as
   * dark as ink is taken to be covered half. Ink as long as MNIST's box lies on its grid already.
   *
   * @param ink what the parts were found in
   */
  void findEdges(byte[] ink, int width) {
    from[0] = left;
    from[1] = top;
    to[0] = right + 1;
    to[1] = bottom + 1;
    if (Math.max(right - left, bottom - top) + 1 != DigitBox.BOX) {
      from[0] += bare(darkest(ink, top * width + left, width, bottom - top));
      from[1] += bare(darkest(ink, top * width + left, 1, right - left));
      to[0] -= bare(darkest(ink, top * width + right, width, bottom - top));
      to[1] -= bare(darkest(ink, bottom * width + left, 1, right - left));
    }
  }

  private static double bare(int darkest) {
    return 1 - darkest / 255.0;
  }

  private static int darkest(byte[] ink, int from, int step, int steps) {
    int darkest = 0;
    for (int i = 0; i <= steps; i++) {
      darkest = Math.max(darkest, ink[from + i * step] & 0xff);
    }
    return darkest;
  }
}
