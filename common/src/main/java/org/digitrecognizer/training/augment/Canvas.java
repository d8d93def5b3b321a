// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

import java.util.Arrays;
import org.digitrecognizer.digit.DigitImage;

/**
 * A plane of ink to draw on. Coordinates are in pixels; a whole number is the middle of a pixel.
 * What is drawn beyond the edges is lost. Not for two threads at once.
 */
final class Canvas {

  /** From this level on, a pixel counts as inked. */
  static final float INKED = 0.4f;

  /** What lies around a digit of MNIST on a canvas of its own, in pixels on each side. */
  static final int MARGIN = 10;

  private static final int CURVE_STEPS = 8;

  final int width;
  final int height;

  /** Row by row, 0 = paper, 1 = ink. */
  final float[] ink;

  Canvas(int width, int height) {
    this.width = width;
    this.height = height;
    this.ink = new float[width * height];
  }

  /** Returns a digit with {@link #MARGIN} around it. */
  static Canvas of(DigitImage digit) {
    Canvas canvas = new Canvas(DigitImage.WIDTH + 2 * MARGIN, DigitImage.HEIGHT + 2 * MARGIN);
    byte[] pixels = digit.pixels();
    for (int y = 0; y < DigitImage.HEIGHT; y++) {
      for (int x = 0; x < DigitImage.WIDTH; x++) {
        canvas.ink[(y + MARGIN) * canvas.width + x + MARGIN] =
            ink(pixels[y * DigitImage.WIDTH + x]);
      }
    }
    return canvas;
  }

  /** Returns the ink of a pixel of MNIST. */
  static float ink(byte pixel) {
    return (pixel & 0xff) / 255f;
  }

  float at(int x, int y) {
    return x < 0 || y < 0 || x >= width || y >= height ? 0 : ink[y * width + x];
  }

  /** Returns the ink between pixels, interpolated. */
  float at(double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    float right = (float) (x - left);
    float bottom = (float) (y - top);
    if (left >= 0 && top >= 0 && left < width - 1 && top < height - 1) {
      int i = top * width + left;
      float above = ink[i] + right * (ink[i + 1] - ink[i]);
      float below = ink[i + width] + right * (ink[i + width + 1] - ink[i + width]);
      return above + bottom * (below - above);
    }
    float above = at(left, top) + right * (at(left + 1, top) - at(left, top));
    float below = at(left, top + 1) + right * (at(left + 1, top + 1) - at(left, top + 1));
    return above + bottom * (below - above);
  }

  /**
   * Draws a straight stroke with round ends.
   *
   * @param thickness in pixels
   * @param level of its ink, 0 to 1; ink that is there already stays if it is darker
   */
  void line(double x0, double y0, double x1, double y1, double thickness, float level) {
    double reach = thickness / 2 + 1;
    int left = Math.max(0, (int) Math.floor(Math.min(x0, x1) - reach));
    int right = Math.min(width - 1, (int) Math.ceil(Math.max(x0, x1) + reach));
    int top = Math.max(0, (int) Math.floor(Math.min(y0, y1) - reach));
    int bottom = Math.min(height - 1, (int) Math.ceil(Math.max(y0, y1) + reach));
    double dx = x1 - x0;
    double dy = y1 - y0;
    double squared = Math.max(1e-9, dx * dx + dy * dy);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double along = ((x - x0) * dx + (y - y0) * dy) / squared;
        double near = Math.max(0, Math.min(1, along));
        double offX = x - x0 - near * dx;
        double offY = y - y0 - near * dy;
        double depth = thickness / 2 + 0.5 - Math.sqrt(offX * offX + offY * offY);
        float drawn = level * (float) Math.max(0, Math.min(1, depth));
        ink[y * width + x] = Math.max(ink[y * width + x], drawn);
      }
    }
  }

  /** Draws a curved stroke from a point to another, bent towards a third (a parabola). */
  void curve(
      double x0, double y0, double bendX, double bendY, double x1, double y1, double thickness) {
    double fromX = x0;
    double fromY = y0;
    for (int i = 1; i <= CURVE_STEPS; i++) {
      double t = (double) i / CURVE_STEPS;
      double toX = (1 - t) * (1 - t) * x0 + 2 * t * (1 - t) * bendX + t * t * x1;
      double toY = (1 - t) * (1 - t) * y0 + 2 * t * (1 - t) * bendY + t * t * y1;
      line(fromX, fromY, toX, toY, thickness, 1);
      fromX = toX;
      fromY = toY;
    }
  }

  /** Takes the ink off a disc. */
  void erase(double centreX, double centreY, double radius) {
    int reach = (int) Math.ceil(radius + 1);
    int middleX = (int) Math.rint(centreX);
    int middleY = (int) Math.rint(centreY);
    for (int y = Math.max(0, middleY - reach); y <= Math.min(height - 1, middleY + reach); y++) {
      for (int x = Math.max(0, middleX - reach); x <= Math.min(width - 1, middleX + reach); x++) {
        double offX = x - centreX;
        double offY = y - centreY;
        double outside = Math.sqrt(offX * offX + offY * offY) - radius + 0.5;
        ink[y * width + x] *= (float) Math.max(0, Math.min(1, outside));
      }
    }
  }

  /** Takes the ink off a rectangle: columns and rows from one to before another. */
  void eraseBox(int left, int top, int right, int bottom) {
    for (int y = Math.max(0, top); y < Math.min(height, bottom); y++) {
      Arrays.fill(
          ink, y * width + Math.max(0, left), y * width + Math.max(0, Math.min(width, right)), 0);
    }
  }

  /** Lays another canvas onto this one; the darker ink of the two stays. */
  void lay(Canvas other, int left, int top) {
    for (int y = Math.max(0, -top); y < Math.min(other.height, height - top); y++) {
      for (int x = Math.max(0, -left); x < Math.min(other.width, width - left); x++) {
        int i = (y + top) * width + x + left;
        ink[i] = Math.max(ink[i], other.ink[y * other.width + x]);
      }
    }
  }

  /** Returns the sum of the ink: how many pixels of full ink there are. */
  double mass() {
    double sum = 0;
    for (float level : ink) {
      sum += level;
    }
    return sum;
  }
}
