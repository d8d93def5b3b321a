// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

/**
 * Tells what a pen drew from what paper, light and noise draw, by a part's shape and contrast. A
 * shadow holds a corner of the scan and leans on its sides; the grain of paper is thin, ragged, and
 * hardly darker than the noise around it. The limits lie beyond MNIST's digits drawn as scans, and
 * beyond nearly all digits of bank cheques. Not for two threads at once.
 */
final class PenStroke {

  /** So much of a shadow's outline is a side of the scan; of a corner that is cut off, a half. */
  private static final double LEANING = 0.38;

  /** The same where much of the box around the part is filled, as a digit's seldom is. */
  private static final double LEANING_AND_FULL = 0.24;

  private static final double FULL = 0.45;

  /** The same where the part is thick. */
  private static final double LEANING_AND_THICK = 0.15;

  /** Bounds of a stroke's width, as a share of the digit's longer side. */
  private static final double THINNEST = 0.028;

  private static final double THICKEST = 0.24;

  /** A shadow leans with so much of the box around it, however rough, and fills so much of it. */
  private static final double LEANING_BOX = 0.4;

  private static final double FULL_BOX = 0.42;

  /** A contrast of fewer times the noise is no ink, whatever the shape. */
  private static final double LEAST_SIGNAL = 3.5;

  /** From this on, the contrast says that it is ink. */
  private static final double CLEAR_SIGNAL = 5;

  /** From this on, other ink says nothing about it. */
  static final double STRONG_SIGNAL = 8;

  /** Between the two, noise is what fills more of its box, the less the contrast; and is thin. */
  private static final double NOISE_SIGNAL = 4.2;

  private static final double NOISE_FILL = 0.1;

  private static final double NOISE_THIN = 0.045;

  private final int[] sides = new int[5];

  /** Whether a part is a corner or a side of the scan that lies in the shade. */
  boolean isShade(Components parts, int part, int width, int height) {
    int contact = contact(parts, part, width, height);
    double around = 2.0 * (parts.width(part) + parts.height(part));
    return sides[4] > 0
        && !touchesAllSides()
        && contact > LEANING_BOX * around
        && parts.fill(part) > FULL_BOX;
  }

  /**
   * Whether a part can be a digit's stroke.
   *
   * @param others pixels of all ink but this part
   * @param signal contrast between ink and paper over the noise of the paper
   */
  boolean drew(Components parts, int part, int others, double signal, int width, int height) {
    if (isShade(parts, part, width, height) || leans(parts, part, width, height)) {
      return false;
    }
    boolean isOneOfMany = others > parts.area[part] && signal < STRONG_SIGNAL;
    double stroke = parts.strokeWidth(part) / parts.longerSide(part);
    return stroke >= THINNEST && !isOneOfMany && standsOut(parts.fill(part), stroke, signal);
  }

  private boolean leans(Components parts, int part, int width, int height) {
    double leaning = (double) contact(parts, part, width, height) / parts.outline[part];
    double stroke = parts.strokeWidth(part) / parts.longerSide(part);
    if (sides[4] == 0 || touchesAllSides()) {
      return sides[4] > 0 && leaning > LEANING;
    }
    return leaning > LEANING
        || (leaning > LEANING_AND_FULL && parts.fill(part) > FULL)
        || (leaning > LEANING_AND_THICK && stroke > THICKEST);
  }

  /** As the digit does in a scan that is cropped to the ink. */
  private boolean touchesAllSides() {
    return sides[0] > 0 && sides[1] > 0 && sides[2] > 0 && sides[3] > 0;
  }

  private static boolean standsOut(double fill, double stroke, double signal) {
    if (signal < LEAST_SIGNAL || signal > CLEAR_SIGNAL) {
      return signal > CLEAR_SIGNAL;
    }
    boolean ragged = fill + (NOISE_SIGNAL - signal) * NOISE_FILL > FULL;
    boolean thin = signal < 4.5 && stroke < NOISE_THIN;
    return !ragged && !thin;
  }

  private int contact(Components parts, int part, int width, int height) {
    parts.alongSides(part, width, height, sides);
    return sides[0] + sides[1] + sides[2] + sides[3];
  }
}
