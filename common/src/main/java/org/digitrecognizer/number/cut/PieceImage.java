// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number.cut;

import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.scan.InkLayer;

/** A piece of ink alone, with the soft edges of its strokes, as the network sees it. */
final class PieceImage {

  /** Strokes thinner than this, in digits' heights, are thickened. */
  private static final double THIN_STROKE = 0.065;

  /** How far the soft edge of a stroke reaches, in pixels. */
  private static final int SOFT = 1;

  private PieceImage() {}

  /**
   * Draws a piece in the form of {@link InkLayer#piece}.
   *
   * @param written all ink as it was written
   * @param blob the piece's, there
   * @param line that it stands on
   */
  static DigitImage draw(InkLayer written, Blob blob, WritingLine line) {
    int width = blob.width() + 2 * SOFT;
    int height = blob.height() + 2 * SOFT;
    byte[] ink = new byte[width * height];
    blob.eachPixel((x, y) -> softEdge(written, blob, ink, width, x, y));
    blob.eachPixel(
        (x, y) ->
            ink[(y - blob.top + SOFT) * width + x - blob.left + SOFT] =
                written.ink()[y * written.width() + x]);
    boolean thin = line.stroke() < THIN_STROKE * line.height();
    return new InkLayer(width, height, thin ? thickened(ink, width) : ink, 1).piece();
  }

  /**
   * Moves each pixel half way to the darkest beside it: MNIST, too, was written with thick pens.
   */
  private static byte[] thickened(byte[] ink, int width) {
    byte[] thick = new byte[ink.length];
    int height = ink.length / width;
    for (int i = 0; i < ink.length; i++) {
      int darkest = 0;
      for (int y = Math.max(0, i / width - 1); y <= Math.min(height - 1, i / width + 1); y++) {
        for (int x = Math.max(0, i % width - 1); x <= Math.min(width - 1, i % width + 1); x++) {
          darkest = Math.max(darkest, ink[y * width + x] & 0xff);
        }
      }
      thick[i] = (byte) (((ink[i] & 0xff) + darkest) / 2);
    }
    return thick;
  }

  /** Takes the paper around a pixel over as it is: a stroke's edge is softer than one pixel. */
  private static void softEdge(InkLayer layer, Blob blob, byte[] ink, int width, int x, int y) {
    for (int toY = Math.max(0, y - SOFT); toY <= Math.min(layer.height() - 1, y + SOFT); toY++) {
      for (int toX = Math.max(0, x - SOFT); toX <= Math.min(layer.width() - 1, x + SOFT); toX++) {
        if (!layer.isInk(toX, toY)) {
          ink[(toY - blob.top + SOFT) * width + toX - blob.left + SOFT] =
              layer.ink()[toY * layer.width() + toX];
        }
      }
    }
  }
}
