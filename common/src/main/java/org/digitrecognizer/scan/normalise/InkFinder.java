// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import java.util.Arrays;

/**
 * Tells ink from paper: which of the two is the darker, how dark the paper is (everywhere, or place
 * by place where it is uneven), and how dark the ink. Whether what it takes for ink was drawn by a
 * pen is for {@link PenStroke} to say. Not for two threads at once.
 */
final class InkFinder {

  /** Fewer levels than this between paper and ink are no ink. */
  private static final int LEAST_CONTRAST = 16;

  /** With fewer than this part of all pixels, the minority is ink; else the border decides. */
  private static final double MINORITY = 0.35;

  /** Levels above the paper's up to this part of the contrast are paper, if it is noisy. */
  private static final double MOST_NOISE = 0.05;

  /** Noise over more than this part of the contrast is a texture that ink must be cut out of. */
  private static final double TEXTURE = 0.1;

  private final Flattener flattener = new Flattener();
  private final int[] histogram = new int[256];
  private final int[] border = new int[256];
  private final byte[] table = new byte[256];

  /** The contrast between ink and paper over the noise of the paper. */
  double signal;

  /** Whether the paper has a texture that reaches into the levels of ink. */
  boolean textured;

  /** Whether dark and light pixels are so nearly as many that either may be the ink. */
  boolean ambiguous;

  private boolean light;

  /**
   * Writes how much ink each pixel has, if the paper is of one shade.
   *
   * @param pixels 0 = black, 255 = white
   * @param ink receives 0 = paper to 255 = ink, for each pixel
   * @return false if there is no ink at all
   */
  boolean findOnEven(byte[] pixels, int width, int height, byte[] ink) {
    int n = width * height;
    count(pixels, width, height);
    light = inkIsLight(Otsu.threshold(histogram), n);
    return scale(pixels, n, light, ink);
  }

  /** The same right after it, for ink of the other shade. */
  boolean findOther(byte[] pixels, int width, int height, byte[] ink) {
    count(pixels, width, height);
    return scale(pixels, width * height, !light, ink);
  }

  /**
   * The same, but looks for the paper's shade place by place.
   *
   * @param light whether ink is light
   */
  boolean findOnUneven(byte[] pixels, int width, int height, boolean light, byte[] ink) {
    int n = width * height;
    flattener.flatten(pixels, width, height, light, ink);
    Arrays.fill(histogram, 0);
    for (int i = 0; i < n; i++) {
      histogram[ink[i] & 0xff]++;
    }
    return scale(ink, n, true, ink);
  }

  /** Returns how many pixels have from so much ink to less than so much more. */
  int faint(int from, int to) {
    int sum = 0;
    for (int level = 0; level < 256; level++) {
      int its = table[level] & 0xff;
      sum += its >= from && its < to ? histogram[level] : 0;
    }
    return sum;
  }

  private void count(byte[] pixels, int width, int height) {
    Arrays.fill(histogram, 0);
    Arrays.fill(border, 0);
    int n = width * height;
    for (int i = 0; i < n; i++) {
      histogram[pixels[i] & 0xff]++;
    }
    for (int x = 0; x < width; x++) {
      border[pixels[x] & 0xff]++;
      border[pixels[n - 1 - x] & 0xff]++;
    }
    for (int y = 0; y < height; y++) {
      border[pixels[y * width] & 0xff]++;
      border[pixels[y * width + width - 1] & 0xff]++;
    }
  }

  private boolean inkIsLight(int threshold, int n) {
    double share = (double) above(histogram, threshold) / n;
    ambiguous = share >= MINORITY && share <= 1 - MINORITY;
    if (!ambiguous) {
      return share < 0.5;
    }
    int all = above(border, -1);
    return above(border, threshold) < all / 2.0;
  }

  private static int above(int[] counts, int threshold) {
    int sum = 0;
    for (int i = threshold + 1; i < counts.length; i++) {
      sum += counts[i];
    }
    return sum;
  }

  private static int[] reversed(int[] counts) {
    int[] reversed = new int[counts.length];
    for (int i = 0; i < counts.length; i++) {
      reversed[i] = counts[counts.length - 1 - i];
    }
    return reversed;
  }

  private static int quantile(int[] counts, double rank) {
    int sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      if (sum > rank) {
        return i;
      }
    }
    return counts.length - 1;
  }

  /** Stretches the levels so that paper is 0 and ink is 255. The histogram is that of pixels. */
  private boolean scale(byte[] pixels, int n, boolean light, byte[] ink) {
    int[] counts = light ? histogram : reversed(histogram);
    int paper = quantile(counts, paperRank(counts, n));
    // The side of the paper's shades where no ink is; a twelfth of them is a deviation and a half.
    double noise = (paper - quantile(counts, n * 0.03)) / 1.5;
    int floor = paper + (int) Math.ceil(3 * noise);
    int full = inkLevel(counts, floor);
    int contrast = full - paper;
    if (contrast < LEAST_CONTRAST) {
      return false;
    }
    // A contrast within half a level of none cannot be told from rounding.
    signal = contrast / Math.max(noise, 0.5);
    textured = 3 * noise > TEXTURE * contrast;
    stretch(Math.min(floor, paper + (int) (contrast * MOST_NOISE)), full, light);
    for (int i = 0; i < n; i++) {
      ink[i] = table[pixels[i] & 0xff];
    }
    return true;
  }

  private void stretch(int zero, int full, boolean light) {
    for (int level = 0; level < 256; level++) {
      int stretched = (int) Math.round(255.0 * (level - zero) / (full - zero));
      int clamped = Math.max(0, Math.min(255, stretched));
      table[light ? level : 255 - level] = (byte) clamped;
    }
  }

  /** The middle of the shades on the paper's side. */
  private static double paperRank(int[] counts, int n) {
    return (n - above(counts, Otsu.threshold(counts))) * 0.5;
  }

  private static int inkLevel(int[] counts, int floor) {
    int[] dark = counts.clone();
    Arrays.fill(dark, 0, Math.min(dark.length, floor + 1), 0);
    int all = above(dark, -1);
    if (all == 0) {
      return 0;
    }
    int ink = above(dark, Otsu.threshold(dark));
    return quantile(dark, all - Math.max(1, ink) * 0.2);
  }
}
