// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan.normalise;

import java.util.Arrays;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;

/**
 * What one thread needs to find the ink of many scans and to bring pieces of it into the form that
 * networks read.
 */
public final class InkBench {

  /** Columns that a piece may fill; beside them there is a pixel of paper. */
  public static final int WIDEST_PIECE = 26;

  private final InkFinder finder = new InkFinder();
  private final DigitBox box = new DigitBox(WIDEST_PIECE);

  /** By how much a scan is shrunk before its ink is found, 1 or more. */
  public static int factor(GreyImage scan) {
    return Shrinking.factor(scan, NormalisationSteps.MOST_SIDE);
  }

  /**
   * Finds the ink.
   *
   * @return 0 = paper to 255 = ink, row by row, of the shrunk scan; empty if there is none
   */
  public byte[] find(GreyImage scan) {
    byte[] pixels = scan.pixels();
    byte[] ink = new byte[pixels.length];
    if (finder.findOnEven(pixels, scan.width(), scan.height(), ink)) {
      return ink;
    }
    boolean light = Flattener.inkIsLight(pixels, scan.width(), scan.height());
    boolean found = finder.findOnUneven(pixels, scan.width(), scan.height(), light, ink);
    return found ? ink : new byte[0];
  }

  /**
   * Returns a piece of ink in MNIST's form, save that what is wider than tall may fill more
   * columns: two digits side by side are large enough to be read so. It has some ink.
   */
  public DigitImage fit(byte[] ink, int width, int height) {
    int left = width;
    int right = -1;
    int top = height;
    int bottom = -1;
    for (int i = 0; i < width * height; i++) {
      if ((ink[i] & 0xff) >= InkSelection.LEVEL) {
        left = Math.min(left, i % width);
        right = Math.max(right, i % width);
        top = Math.min(top, i / width);
        bottom = Math.max(bottom, i / width);
      }
    }
    if (right < 0) {
      throw new IllegalArgumentException("A piece without ink is none: " + Arrays.toString(ink));
    }
    return DigitImage.of(box.fit(ink, width, height, left, top, right + 1.0, bottom + 1.0));
  }

  /** From this level on, a pixel is ink for certain. */
  public static int level() {
    return InkSelection.LEVEL;
  }

  /** Returns a scan shrunk by a whole factor. */
  public static GreyImage shrunk(GreyImage scan, int factor) {
    return Shrinking.by(scan, factor);
  }
}
