// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

import java.util.Arrays;

/** What a pen does to a digit's strokes: thinner or thicker ones, and gaps. */
final class Strokes {

  /** Strokes lose or gain so much on each side, in pixels of MNIST. */
  private static final double MOST_CHANGE = 0.9;

  /** Share of bold digits, and what a bold one's strokes gain at most. */
  private static final double BOLD = 0.12;

  private static final double MOST_BOLD = 1.8;

  /** Strokes are not made thinner than this, in pixels of MNIST. */
  private static final double THINNEST = 1.7;

  /** Share of digits with gaps, the most of them, and their radius in pixels of MNIST. */
  private static final double GAPS = 0.12;

  private static final int MOST_GAPS = 3;
  private static final double LEAST_GAP = 0.8;
  private static final double MOST_GAP = 1.7;

  /** A stroke is level if its height is less than this share of its width. */
  private static final double LEVEL = 0.7;

  /** A straight stroke has at most this much of the ink of its diagonal. */
  private static final double STRAIGHT = 1.2;

  private Strokes() {}

  /** Returns how thick the strokes are on average, in pixels: ink over half of its outline. */
  static double thickness(Canvas canvas) {
    double outline = 0;
    for (int y = 0; y < canvas.height - 1; y++) {
      for (int x = 0; x < canvas.width - 1; x++) {
        int i = y * canvas.width + x;
        float right = canvas.ink[i + 1] - canvas.ink[i];
        float below = canvas.ink[i + canvas.width] - canvas.ink[i];
        outline += Math.sqrt(right * right + below * below);
      }
    }
    return outline == 0 ? 0 : 2 * canvas.mass() / outline;
  }

  /** Whether the ink is one straight stroke that is not level: what a 1 may look like. */
  static boolean areOneUpright(Canvas canvas) {
    Extent extent = Extent.of(canvas);
    double diagonal =
        Math.sqrt(extent.width() * extent.width() + extent.height() * extent.height());
    boolean upright = extent.height() > LEVEL * extent.width();
    return upright && canvas.mass() < STRAIGHT * thickness(canvas) * diagonal;
  }

  /** Draws how much thinner or thicker a pen is than MNIST's. */
  static double amount(Chance chance) {
    return chance.is(BOLD)
        ? chance.between(MOST_CHANGE, MOST_BOLD)
        : chance.between(-MOST_CHANGE, MOST_CHANGE);
  }

  /**
   * Makes the strokes thinner or thicker: grey erosion or dilation by a cross of five pixels, in
   * steps of at most one. What would be lost by it stays as thick as it is.
   *
   * @param amount pixels on each side; less than 0 is thinner
   */
  static void change(Canvas canvas, double amount) {
    if (amount < 0 && thickness(canvas) < THINNEST - 2 * amount) {
      return;
    }
    step(canvas, Math.min(1, amount));
    if (amount > 1) {
      step(canvas, amount - 1);
    }
  }

  private static void step(Canvas canvas, double amount) {
    float[] before = canvas.ink.clone();
    int width = canvas.width;
    // As rows of their own with one index, the compiler can vectorise them.
    float[] above = new float[width];
    float[] row = Arrays.copyOf(before, width);
    float[] below = Arrays.copyOfRange(before, width, 2 * width);
    float[] changed = new float[width];
    for (int y = 1; y < canvas.height - 1; y++) {
      float[] free = above;
      above = row;
      row = below;
      below = free;
      System.arraycopy(before, (y + 1) * width, below, 0, width);
      if (amount < 0) {
        thin(above, row, below, (float) -amount, changed);
      } else {
        thicken(above, row, below, (float) amount, changed);
      }
      System.arraycopy(changed, 1, canvas.ink, y * width + 1, width - 2);
    }
  }

  private static void thin(
      float[] above, float[] row, float[] below, float share, float[] changed) {
    for (int x = 1; x < row.length - 1; x++) {
      float across = Math.min(row[x - 1], row[x + 1]);
      float along = Math.min(above[x], below[x]);
      changed[x] = row[x] + share * (Math.min(row[x], Math.min(across, along)) - row[x]);
    }
  }

  private static void thicken(
      float[] above, float[] row, float[] below, float share, float[] changed) {
    for (int x = 1; x < row.length - 1; x++) {
      float across = Math.max(row[x - 1], row[x + 1]);
      float along = Math.max(above[x], below[x]);
      changed[x] = row[x] + share * (Math.max(row[x], Math.max(across, along)) - row[x]);
    }
  }

  /** Breaks the strokes of some digits. */
  static void breakSome(Canvas canvas, Chance chance) {
    if (!chance.is(GAPS)) {
      return;
    }
    int gaps = 1 + chance.below(MOST_GAPS);
    for (int i = 0; i < gaps; i++) {
      int place = inkedPlace(canvas, chance);
      if (place >= 0) {
        double radius = chance.between(LEAST_GAP, MOST_GAP);
        int row = place / canvas.width;
        canvas.erase(place % canvas.width, row, radius);
      }
    }
  }

  private static int inkedPlace(Canvas canvas, Chance chance) {
    for (int attempt = 0; attempt < 60; attempt++) {
      int place = chance.below(canvas.ink.length);
      if (canvas.ink[place] >= Canvas.INKED) {
        return place;
      }
    }
    return -1;
  }
}
