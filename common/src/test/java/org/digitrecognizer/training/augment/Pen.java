// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

/** Writes digits for tests: simple shapes of strokes, as long as MNIST's are. */
final class Pen {

  private static final int MARGIN = Canvas.MARGIN;

  private Pen() {}

  /** Returns a digit on a canvas with a margin around it. */
  static Canvas canvas(int label, double pen) {
    Canvas canvas = new Canvas(28 + 2 * MARGIN, 28 + 2 * MARGIN);
    double left = MARGIN + 9;
    double right = MARGIN + 19;
    double top = MARGIN + 5.5;
    double middle = MARGIN + 14;
    double bottom = MARGIN + 22.5;
    switch (label) {
      case 0 -> {
        canvas.curve(middle, top, left - 5, middle, middle, bottom, pen);
        canvas.curve(middle, top, right + 5, middle, middle, bottom, pen);
      }
      case 1 -> canvas.line(middle, top, middle, bottom, pen, 1);
      case 4 -> {
        canvas.line(left, top, left, middle, pen, 1);
        canvas.line(left, middle, right, middle, pen, 1);
        canvas.line(right, top, right, bottom, pen, 1);
      }
      case 7 -> {
        canvas.line(left, top, right, top, pen, 1);
        canvas.line(right, top, middle, bottom, pen, 1);
      }
      case 9 -> {
        canvas.curve(right, top, left - 12, top + 5, right, middle, pen);
        canvas.line(right, top, right, bottom, pen, 1);
      }
      default -> {
        canvas.curve(left, top, right + label, top + label, middle, middle, pen);
        canvas.curve(middle, middle, right + label, bottom - label, left, bottom, pen);
      }
    }
    return canvas;
  }
}
