// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training.augment;

/**
 * How a hand and a scanner lay a digit out: turned, slanted, stretched, bent, and larger or smaller
 * than MNIST has it. One warp may draw several digits: they are then by the same hand.
 */
final class Warp {

  /** Standard deviations: of the turn in radians, of the slant in columns a row. */
  private static final double TURN = 0.09;

  private static final double SLANT = 0.14;

  /** The same of the natural logarithm of width over height, and of a wide or narrow hand's. */
  private static final double ASPECT = 0.13;

  private static final double STRONG_ASPECT = 0.42;

  /** Share of digits of a wide or narrow hand. */
  private static final double STRONG = 0.35;

  /** Standard deviation of a bend's nodes, in pixels of MNIST. */
  private static final double BEND = 1.3;

  /** Nodes of a bend on each side: the spline needs one before and two after. */
  private static final int NODES = 7;

  /** Nodes that bend a pixel, on each side. */
  private static final int SHARES = 4;

  /** Pixels of MNIST that bent ink may leave its box by. */
  private static final double ROOM = 4;

  /** Pixels of the scan a pixel of MNIST. */
  final double scale;

  /** From MNIST's pixels, around the middle of the digit, to the scan's. */
  private final double xx;

  private final double xy;
  private final double yx;
  private final double yy;

  private final double[] bendX = new double[NODES * NODES];
  private final double[] bendY = new double[NODES * NODES];

  /**
   * @param scale pixels of the scan a pixel of MNIST
   * @param strength of turn, slant, aspect and bend; 1 is what hands do, 0 none
   */
  Warp(double scale, double strength, Chance chance) {
    this.scale = scale;
    double turn = strength * chance.around(TURN);
    double slant = strength * chance.around(SLANT);
    double deviation = chance.is(STRONG) ? STRONG_ASPECT : ASPECT;
    double aspect = StrictMath.exp(strength * chance.around(deviation) / 2);
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    this.xx = scale * aspect * cos;
    this.xy = scale * aspect * (cos * slant - sin);
    this.yx = scale / aspect * sin;
    this.yy = scale / aspect * (sin * slant + cos);
    for (int i = 0; i < bendX.length; i++) {
      bendX[i] = strength * chance.around(BEND);
      bendY[i] = strength * chance.around(BEND);
    }
  }

  /** Draws a digit, laid out, on a canvas that holds all of it. */
  Canvas draw(Canvas digit) {
    Extent extent = Extent.of(digit);
    double halfWidth = (extent.width() + ROOM) / 2;
    double halfHeight = (extent.height() + ROOM) / 2;
    double reachX = Math.abs(xx) * halfWidth + Math.abs(xy) * halfHeight;
    double reachY = Math.abs(yx) * halfWidth + Math.abs(yy) * halfHeight;
    Canvas drawn = new Canvas((int) Math.ceil(2 * reachX) + 1, (int) Math.ceil(2 * reachY) + 1);
    double middleX = (extent.left() + extent.right()) / 2.0;
    double middleY = (extent.top() + extent.bottom()) / 2.0;
    sample(digit, middleX, middleY, drawn);
    return drawn;
  }

  private void sample(Canvas digit, double middleX, double middleY, Canvas drawn) {
    double determinant = xx * yy - xy * yx;
    double stepX = yy / determinant;
    double stepY = -yx / determinant;
    double[] rowX = new double[NODES];
    double[] rowY = new double[NODES];
    double[] shares = new double[drawn.width * SHARES];
    int[] first = new int[drawn.width];
    for (int x = 0; x < drawn.width; x++) {
      first[x] = node(x, drawn.width);
      System.arraycopy(spline(x, drawn.width), 0, shares, x * SHARES, SHARES);
    }
    for (int y = 0; y < drawn.height; y++) {
      bendRow(y, drawn.height, rowX, rowY);
      double down = y - (drawn.height - 1) / 2.0;
      double startX = middleX - xy * down / determinant;
      double startY = middleY + xx * down / determinant;
      for (int x = 0; x < drawn.width; x++) {
        double across = x - (drawn.width - 1) / 2.0;
        double sourceX = startX + stepX * across;
        double sourceY = startY + stepY * across;
        for (int j = 0; j < SHARES; j++) {
          sourceX += shares[x * SHARES + j] * rowX[first[x] + j];
          sourceY += shares[x * SHARES + j] * rowY[first[x] + j];
        }
        drawn.ink[y * drawn.width + x] = digit.at(sourceX, sourceY);
      }
    }
  }

  private void bendRow(int y, int height, double[] rowX, double[] rowY) {
    int node = node(y, height);
    double[] share = spline(y, height);
    for (int i = 0; i < NODES; i++) {
      rowX[i] = 0;
      rowY[i] = 0;
      for (int j = 0; j < share.length; j++) {
        rowX[i] += share[j] * bendX[(node + j) * NODES + i];
        rowY[i] += share[j] * bendY[(node + j) * NODES + i];
      }
    }
  }

  private static double place(int i, int length) {
    return (double) i * (NODES - 3) / length;
  }

  /** The first of the four nodes that bend a pixel. */
  private static int node(int i, int length) {
    return (int) place(i, length);
  }

  /** How much each of the four does: the uniform cubic B-spline. */
  private static double[] spline(int i, int length) {
    double t = place(i, length) - node(i, length);
    double s = 1 - t;
    return new double[] {
      s * s * s / 6,
      (3 * t * t * t - 6 * t * t + 4) / 6,
      (3 * s * s * s - 6 * s * s + 4) / 6,
      t * t * t / 6
    };
  }
}
