// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import java.io.Serializable;

/**
 * What one image with a number may ask of time and memory.
 *
 * @param pixels of the image, at least 1
 * @param cuts through touching strokes, at least 0; the least likely beyond them are not tried
 * @param pieces of ink, single and joined, that the network reads; an image with more is TOO_LARGE
 */
public record CutLimits(long pixels, int cuts, int pieces) implements Serializable {

  /**
   * Four megapixels, 24 cuts, 480 pieces: the untidiest of 418 real amounts of cheques had some
   * 300.
   */
  public static final CutLimits DEFAULT = new CutLimits(4_000_000, 24, 480);

  /**
   * @throws IllegalArgumentException if a limit is below its least
   */
  public CutLimits {
    if (pixels < 1 || cuts < 0 || pieces < 1) {
      throw new IllegalArgumentException(
          "Limits are positive: " + pixels + ", " + cuts + ", " + pieces);
    }
  }
}
