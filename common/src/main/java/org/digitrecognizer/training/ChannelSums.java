// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.util.Arrays;

/**
 * Two sums for each channel. Some blocks are added up as floats, place by place; then these are
 * added to doubles, so that what rounding costs does not grow with the number of values.
 */
final class ChannelSums {

  /** Blocks that are added up as floats. */
  private static final int BLOCKS = 32;

  final double[] first;
  final double[] second;

  /** Values of a channel. */
  long count;

  private final float[] firstBlock;
  private final float[] secondBlock;
  private int blocks;

  /**
   * @param length of a block, a multiple of the number of channels
   */
  ChannelSums(int channels, int length) {
    first = new double[channels];
    second = new double[channels];
    firstBlock = new float[length];
    secondBlock = new float[length];
  }

  /** Adds values, and their squares. */
  void addSquares(float[] values, int length) {
    float[] sums = firstBlock;
    float[] squares = secondBlock;
    for (int i = 0; i < length; i++) {
      sums[i] += values[i];
      squares[i] += values[i] * values[i];
    }
    added(length);
  }

  /** Adds errors, and their products with how far values are from their means. */
  void addProducts(float[] errors, float[] values, float[] means, int length) {
    float[] sums = firstBlock;
    float[] products = secondBlock;
    for (int i = 0; i < length; i++) {
      sums[i] += errors[i];
      products[i] += errors[i] * (values[i] - means[i]);
    }
    added(length);
  }

  private void added(int length) {
    count += length / first.length;
    blocks++;
    if (blocks == BLOCKS) {
      flushed();
    }
  }

  /** Returns this, with all that was added in its sums. */
  ChannelSums flushed() {
    for (int start = 0; start < firstBlock.length; start += first.length) {
      for (int c = 0; c < first.length; c++) {
        first[c] += firstBlock[start + c];
        second[c] += secondBlock[start + c];
      }
    }
    Arrays.fill(firstBlock, 0);
    Arrays.fill(secondBlock, 0);
    blocks = 0;
    return this;
  }
}
