package org.digitrecognizer.backend;

import java.nio.FloatBuffer;

/**
 * Transforms products of tiles back, Aᵀ m A, into 4×4 outputs a tile, and does what follows while
 * they are in the cache: 2×2 max-pooling, bias and ReLU. Bias and ReLU never change the order of
 * two values, so pooling may come first. For one thread.
 */
final class WinogradOutput {

  private static final int SIZE = WinogradTransform.INPUTS;
  private static final int STEP = WinogradTransform.OUTPUTS;
  private static final int POOL = 2;

  private final int tilesDown;
  private final int tilesAcross;
  private final int channels;
  private final float[] bias;

  /** Of each column six lines. */
  private final float[][][] products;

  /** Half transformed: of each column four lines; the same lines row by row. */
  private final float[][][] half;

  private final float[][][] halfRows;
  private final float[][][] outputs;
  private final float[] line;
  private final float[] pooled;

  /**
   * @param tilesDown rows of tiles
   * @param tilesAcross tiles of a row
   * @param bias of each channel
   */
  WinogradOutput(int tilesDown, int tilesAcross, float[] bias) {
    this.tilesDown = tilesDown;
    this.tilesAcross = tilesAcross;
    this.channels = bias.length;
    this.bias = repeated(bias, tilesAcross);
    int length = this.bias.length;
    products = new float[SIZE][SIZE][length];
    half = new float[SIZE][STEP][length];
    halfRows = new float[STEP][SIZE][];
    for (int place = 0; place < STEP * SIZE; place++) {
      halfRows[place / SIZE][place % SIZE] = half[place % SIZE][place / SIZE];
    }
    outputs = new float[POOL][STEP][length];
    line = new float[length];
    pooled = new float[length * POOL];
  }

  private static float[] repeated(float[] values, int times) {
    float[] all = new float[values.length * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i % values.length];
    }
    return all;
  }

  /**
   * Computes an image.
   *
   * @param from {@code [6·6, tiles, channels]}, tiles of several images
   * @param first the image's first among the tiles
   * @param total all tiles
   * @param to receives {@code [2·tilesDown, 2·tilesAcross, channels]} at its position
   */
  void transform(FloatBuffer from, int first, int total, FloatBuffer to) {
    for (int down = 0; down < tilesDown; down++) {
      for (int column = 0; column < SIZE; column++) {
        for (int row = 0; row < SIZE; row++) {
          int place = (row * SIZE + column) * total + first + down * tilesAcross;
          from.position(place * channels).get(products[column][row]);
        }
        WinogradTransform.output(products[column], half[column]);
      }
      for (int row = 0; row < STEP; row += POOL) {
        WinogradTransform.output(halfRows[row], outputs[0]);
        WinogradTransform.output(halfRows[row + 1], outputs[1]);
        pool(to);
      }
    }
  }

  private void pool(FloatBuffer to) {
    for (int column = 0; column < POOL; column++) {
      max(outputs[0][column * POOL], outputs[0][column * POOL + 1], line);
      max(outputs[1][column * POOL], outputs[1][column * POOL + 1], products[0][0]);
      finish(products[0][0]);
      for (int tile = 0; tile < tilesAcross; tile++) {
        int place = (tile * POOL + column) * channels;
        System.arraycopy(line, tile * channels, pooled, place, channels);
      }
    }
    to.put(pooled);
  }

  private static void max(float[] a, float[] b, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = Math.max(a[i], b[i]);
    }
  }

  private void finish(float[] other) {
    for (int i = 0; i < line.length; i++) {
      line[i] = Math.max(Math.max(line[i], other[i]) + bias[i], 0f);
    }
  }
}
