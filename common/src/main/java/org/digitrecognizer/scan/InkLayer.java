// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.scan;

import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.scan.normalise.InkBench;

/**
 * The ink of a scan, told from its paper. The pixels are not copied: whoever holds them leaves them
 * alone.
 *
 * @param width pixels of a row
 * @param height rows
 * @param ink row by row, unsigned, 0 = paper and 255 = ink
 * @param factor how many pixels of the scan a pixel has either way
 */
@SuppressWarnings("ArrayRecordComponent") // Copying pixels for an equals nobody calls.
public record InkLayer(int width, int height, byte[] ink, int factor) {

  /** From this level on, a pixel is ink for certain. */
  public static final int INK = InkBench.level();

  /** Columns that a piece of ink may fill. */
  public static final int WIDEST_PIECE = InkBench.WIDEST_PIECE;

  private static final ThreadLocal<InkBench> BENCHES = ThreadLocal.withInitial(InkBench::new);

  /**
   * Finds the ink of a scan, dark on light or light on dark; a layer of no pixels if it has none.
   */
  public static InkLayer of(GreyImage scan) {
    int factor = InkBench.factor(scan);
    GreyImage shrunk = InkBench.shrunk(scan, factor);
    byte[] ink = BENCHES.get().find(shrunk);
    return ink.length == 0
        ? new InkLayer(0, 0, ink, factor)
        : new InkLayer(shrunk.width(), shrunk.height(), ink, factor);
  }

  /** Whether a pixel is ink. */
  public boolean isInk(int x, int y) {
    return (ink[y * width + x] & 0xff) >= INK;
  }

  /**
   * Returns all of it, which has some ink, in MNIST's form; what is wider than tall may fill {@link
   * #WIDEST_PIECE} columns instead of 20.
   */
  public DigitImage piece() {
    return BENCHES.get().fit(ink, width, height);
  }
}
