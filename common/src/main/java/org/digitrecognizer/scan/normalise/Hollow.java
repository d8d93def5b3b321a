// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

/**
 * Tells the hollow of a 0, 6, 8 or 9 that is cropped to its ink from a stroke of the other shade.
 * Such a scan has as many pixels of ink as of paper, and ink along its border. The hollow is a blob
 * that no pen draws; the ink runs around it in one part, to three sides of the scan or all four.
 * The limits lie beyond MNIST's digits drawn as scans. Not for two threads at once.
 */
final class Hollow {

  /** A blob fills at least this much of the box around it. */
  private static final double LEAST_FILL = 0.6;

  /** It is as wide as this share of its longer side, taken for a stroke. */
  private static final double LEAST_STROKE = 0.25;

  /** And its shorter side is at least this share of the longer. */
  private static final double LEAST_ASPECT = 0.6;

  /** The ink around it has this share of all ink. */
  private static final double LEAST_SHARE = 0.95;

  private static final int LEAST_SIDES = 3;

  private int left;
  private int right;
  private int top;
  private int bottom;

  /** Whether the largest of the parts is a blob; if so, it is remembered. */
  boolean remember(Components parts) {
    int part = InkSelection.largest(parts);
    if (part < 0 || !isBlob(parts, part)) {
      return false;
    }
    left = parts.left[part];
    right = parts.right[part];
    top = parts.top[part];
    bottom = parts.bottom[part];
    return true;
  }

  private static boolean isBlob(Components parts, int part) {
    int longer = parts.longerSide(part);
    int shorter = Math.min(parts.width(part), parts.height(part));
    return parts.fill(part) >= LEAST_FILL
        && shorter >= LEAST_ASPECT * longer
        && parts.strokeWidth(part) >= LEAST_STROKE * longer;
  }

  /**
   * Whether ink of the other shade runs around what was remembered.
   *
   * @param inked pixels of all that ink
   */
  boolean isWithin(Components parts, int inked, int width, int height) {
    int part = InkSelection.largest(parts);
    return parts.area[part] >= LEAST_SHARE * inked
        && parts.left[part] < left
        && parts.right[part] > right
        && parts.top[part] < top
        && parts.bottom[part] > bottom
        && sides(parts, part, width, height) >= LEAST_SIDES;
  }

  private static int sides(Components parts, int part, int width, int height) {
    return (parts.left[part] == 0 ? 1 : 0)
        + (parts.top[part] == 0 ? 1 : 0)
        + (parts.right[part] == width - 1 ? 1 : 0)
        + (parts.bottom[part] == height - 1 ? 1 : 0);
  }
}
