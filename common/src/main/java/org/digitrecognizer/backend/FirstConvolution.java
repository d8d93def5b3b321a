package org.digitrecognizer.backend;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A 3×3 convolution with ReLU of an image with one channel, stride 1, no padding, a row of the
 * output at a time. Pixels and weights are repeated until they have the length of an output row,
 * {@code [outWidth, out]}, so that one long loop does it. For one thread.
 */
final class FirstConvolution {

  private static final int TAPS = WinogradTransform.TAPS;

  private final int width;
  private final int channels;
  private final float[] bias;
  private final float[][][] weights = new float[TAPS][TAPS][];

  /** Of the last three input rows, row y at y % 3, the pixels that each of three taps sees. */
  private final float[][][] seen;

  private final float[] spread;

  /**
   * @param weights {@code [out, 1, 3, 3]}
   * @param bias {@code [1, out]}
   * @param width of the input
   */
  FirstConvolution(INDArray weights, INDArray bias, int width) {
    this.width = width;
    this.channels = (int) weights.size(0);
    int outWidth = width - TAPS + 1;
    this.bias = repeated(bias.dup('c').data().asFloat(), outWidth);
    for (int tap = 0; tap < TAPS * TAPS; tap++) {
      float[] ofChannels = new float[channels];
      for (int c = 0; c < channels; c++) {
        ofChannels[c] = weights.getFloat(c, 0, tap / TAPS, tap % TAPS);
      }
      this.weights[tap / TAPS][tap % TAPS] = repeated(ofChannels, outWidth);
    }
    this.seen = new float[TAPS][TAPS][outWidth * channels];
    this.spread = new float[width * channels];
  }

  /** Returns the values over and over. */
  static float[] repeated(float[] values, int times) {
    float[] all = new float[values.length * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i % values.length];
    }
    return all;
  }

  /**
   * Takes the next row of an image.
   *
   * @param y number of the row; each image's rows come in order, from 0
   * @param offset of the row in the pixels
   */
  void take(int y, float[] pixels, int offset) {
    for (int x = 0; x < width; x++) {
      Arrays.fill(spread, x * channels, (x + 1) * channels, pixels[offset + x]);
    }
    float[][] row = seen[y % TAPS];
    for (int tap = 0; tap < TAPS; tap++) {
      System.arraycopy(spread, tap * channels, row[tap], 0, row[tap].length);
    }
  }

  /**
   * Computes the output row y, for which the input rows y to y + 2 must be the last taken.
   *
   * @param row receives {@code [outWidth, out]}
   */
  void compute(int y, float[] row) {
    System.arraycopy(bias, 0, row, 0, row.length);
    for (int tap = 0; tap < TAPS; tap++) {
      float[][] pixels = seen[(y + tap) % TAPS];
      float[][] factors = weights[tap];
      add(pixels[0], factors[0], pixels[1], factors[1], row);
      add(pixels[2], factors[2], row);
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = Math.max(row[i], 0f);
    }
  }

  private static void add(float[] a, float[] b, float[] c, float[] d, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.fma(c[i], d[i], Math.fma(a[i], b[i], sum[i]));
    }
  }

  private static void add(float[] a, float[] b, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.fma(a[i], b[i], sum[i]);
    }
  }
}
