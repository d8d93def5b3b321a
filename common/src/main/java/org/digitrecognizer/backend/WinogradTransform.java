package org.digitrecognizer.backend;

/**
 * Winograd's minimal filtering F(4, 3) in one dimension: four outputs of a filter of three taps by
 * six multiplications instead of twelve (Lavin and Gray 2016, section 4.3, arXiv 1509.09308). Each
 * value is a line of floats, worked on element by element; all lines of a call have one length.
 *
 * <p>The loops are this small because the compiler vectorises no larger ones.
 */
final class WinogradTransform {

  /** Values that go into a transform. */
  static final int INPUTS = 6;

  /** Outputs of the filter for them. */
  static final int OUTPUTS = 4;

  /** Taps of the filter. */
  static final int TAPS = 3;

  private static final double[][] FILTER = {
    {1. / 4, 0, 0},
    {-1. / 6, -1. / 6, -1. / 6},
    {-1. / 6, 1. / 6, -1. / 6},
    {1. / 24, 1. / 12, 1. / 6},
    {1. / 24, -1. / 12, 1. / 6},
    {0, 0, 1}
  };

  private WinogradTransform() {}

  /**
   * Transforms a filter in both directions: G g Gᵀ.
   *
   * @param filter {@code [3, 3]}, row by row
   * @return {@code [6, 6]}, row by row
   */
  static double[] filter(double[] filter) {
    double[] transformed = new double[INPUTS * INPUTS];
    for (int row = 0; row < INPUTS; row++) {
      for (int column = 0; column < INPUTS; column++) {
        for (int tap = 0; tap < filter.length; tap++) {
          transformed[row * INPUTS + column] +=
              FILTER[row][tap / TAPS] * filter[tap] * FILTER[column][tap % TAPS];
        }
      }
    }
    return transformed;
  }

  /**
   * Transforms inputs: Bᵀ d.
   *
   * @param d six lines
   * @param to receives six lines
   */
  static void input(float[][] d, float[][] to) {
    outer(d[0], d[2], d[4], to[0]);
    inner(4, 1, d, to[1], to[2]);
    inner(1, 2, d, to[3], to[4]);
    outer(d[1], d[3], d[5], to[5]);
  }

  private static void outer(float[] a, float[] b, float[] c, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = Math.fma(4f, a[i], Math.fma(-5f, b[i], c[i]));
    }
  }

  private static void inner(float factor, float odd, float[][] d, float[] sum, float[] difference) {
    inner(-factor, odd, d[1], d[2], d[3], d[4], sum, difference);
  }

  private static void inner(
      float factor,
      float oddFactor,
      float[] d1,
      float[] d2,
      float[] d3,
      float[] d4,
      float[] sum,
      float[] difference) {
    for (int i = 0; i < sum.length; i++) {
      float even = Math.fma(factor, d2[i], d4[i]);
      float odd = oddFactor * Math.fma(factor, d1[i], d3[i]);
      sum[i] = even + odd;
      difference[i] = even - odd;
    }
  }

  /**
   * Transforms products back: Aᵀ m.
   *
   * @param m six lines
   * @param to receives four lines
   */
  static void output(float[][] m, float[][] to) {
    even(m[0], m[1], m[2], m[3], m[4], to[0], to[2]);
    odd(m[1], m[2], m[3], m[4], m[5], to[1], to[3]);
  }

  private static void even(
      float[] m0, float[] m1, float[] m2, float[] m3, float[] m4, float[] y0, float[] y2) {
    for (int i = 0; i < y0.length; i++) {
      float near = m1[i] + m2[i];
      float far = m3[i] + m4[i];
      y0[i] = m0[i] + near + far;
      y2[i] = Math.fma(4f, far, near);
    }
  }

  private static void odd(
      float[] m1, float[] m2, float[] m3, float[] m4, float[] m5, float[] y1, float[] y3) {
    for (int i = 0; i < y1.length; i++) {
      float near = m1[i] - m2[i];
      float far = m3[i] - m4[i];
      y1[i] = Math.fma(2f, far, near);
      y3[i] = Math.fma(8f, far, near) + m5[i];
    }
  }
}
