// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

/**
 * Where the ink of a canvas lies.
 *
 * @param left its first column
 * @param top its first row
 * @param right its last column
 * @param bottom its last row
 */
record Extent(int left, int top, int right, int bottom) {

  /** Finds the pixels that are inked; null if none is. */
  static Extent of(Canvas canvas) {
    int left = canvas.width;
    int right = -1;
    int top = canvas.height;
    int bottom = -1;
    for (int y = 0; y < canvas.height; y++) {
      int from = 0;
      while (from < canvas.width && !isInked(canvas, from, y)) {
        from++;
      }
      if (from < canvas.width) {
        int to = canvas.width - 1;
        while (to > right && !isInked(canvas, to, y)) {
          to--;
        }
        left = Math.min(left, from);
        right = Math.max(right, to);
        top = Math.min(top, y);
        bottom = y;
      }
    }
    return right < 0 ? null : new Extent(left, top, right, bottom);
  }

  private static boolean isInked(Canvas canvas, int x, int y) {
    return canvas.ink[y * canvas.width + x] >= Canvas.INKED;
  }

  int width() {
    return right - left + 1;
  }

  int height() {
    return bottom - top + 1;
  }
}
