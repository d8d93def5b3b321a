// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.number.FreeNumber.Box;
import org.digitrecognizer.scan.ScanThumbnail;

/**
 * The picture of a number whose digits are separate images: its cells side by side.
 *
 * @param picture of all cells
 * @param boxes where each cell stands on it
 */
public record CellStrip(GreyImage picture, List<Box> boxes) {

  /** No side of a cell has more pixels: many of them stand in a row. */
  private static final int MOST_PIXELS = 64;

  private static final int GAP = 3;
  private static final byte PAPER = (byte) 255;

  /** In the place of a cell whose picture is not there any more. */
  private static final byte MISSING = (byte) 208;

  private static final int MISSING_PIXELS = 28;

  /** Copies the boxes. */
  public CellStrip {
    boxes = List.copyOf(boxes);
  }

  /** Returns a cell, small enough to stand in a strip. */
  public static GreyImage cell(GreyImage scan) {
    return ScanThumbnail.of(scan, MOST_PIXELS);
  }

  /**
   * Puts cells side by side, in their order.
   *
   * @param cells at least one; null for one that has no picture
   */
  public static CellStrip of(List<GreyImage> cells) {
    List<Box> boxes = new ArrayList<>();
    int left = GAP;
    int height = 1;
    for (GreyImage cell : cells) {
      int wide = cell == null ? MISSING_PIXELS : cell.width();
      int high = cell == null ? MISSING_PIXELS : cell.height();
      boxes.add(new Box(left, GAP, wide, high));
      left += wide + GAP;
      height = Math.max(height, high + 2 * GAP);
    }
    byte[] pixels = new byte[left * height];
    Arrays.fill(pixels, PAPER);
    for (int i = 0; i < boxes.size(); i++) {
      draw(cells.get(i), boxes.get(i), pixels, left);
    }
    return new CellStrip(new GreyImage(left, height, pixels), boxes);
  }

  private static void draw(GreyImage cell, Box box, byte[] pixels, int width) {
    for (int y = 0; y < box.height(); y++) {
      int to = (box.top() + y) * width + box.left();
      if (cell == null) {
        Arrays.fill(pixels, to, to + box.width(), MISSING);
      } else {
        System.arraycopy(cell.pixels(), y * box.width(), pixels, to, box.width());
      }
    }
  }

  /**
   * Cuts a cell out of a strip.
   *
   * @param box that lies within the picture
   */
  public static GreyImage cut(GreyImage picture, Box box) {
    byte[] pixels = new byte[box.width() * box.height()];
    for (int y = 0; y < box.height(); y++) {
      int from = (box.top() + y) * picture.width() + box.left();
      System.arraycopy(picture.pixels(), from, pixels, y * box.width(), box.width());
    }
    return new GreyImage(box.width(), box.height(), pixels);
  }
}
