// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Loops over arrays whose last axis is channels, a block at a time on the heap. What belongs to a
 * channel is laid out as often as there are rows in a block, so that each loop has one index only:
 * then the compiler can vectorise, however few channels there are.
 */
final class ChannelBlocks {

  /** Values a block, about: five blocks fit into the first-level cache. */
  private static final int BLOCK = 1024;

  private final int channels;
  private final int length;

  ChannelBlocks(int channels) {
    this.channels = channels;
    this.length = Math.max(1, BLOCK / channels) * channels;
  }

  /** Lays the values of the channels out, one behind the other, as often as a block has rows. */
  private float[] repeated(float[] ofChannels) {
    float[] block = new float[length];
    for (int start = 0; start < length; start += channels) {
      System.arraycopy(ofChannels, 0, block, start, channels);
    }
    return block;
  }

  /**
   * Stores {@code value · factor + shift}.
   *
   * @param values float, contiguous
   * @param result as long
   */
  void scale(INDArray values, float[] factor, float[] shift, INDArray result) {
    float[] factors = repeated(factor);
    float[] shifts = repeated(shift);
    FloatBuffer source = Contiguous.floats(values);
    FloatBuffer target = Contiguous.floats(result);
    float[] block = new float[length];
    while (source.hasRemaining()) {
      int count = Math.min(length, source.remaining());
      source.get(block, 0, count);
      for (int i = 0; i < count; i++) {
        block[i] = block[i] * factors[i] + shifts[i];
      }
      target.put(block, 0, count);
    }
  }

  /**
   * Stores {@code error · onError + value · onValue + constant}.
   *
   * @param values float, contiguous
   * @param errors as long
   * @param result as long
   */
  void combine(
      INDArray errors,
      float[] onError,
      INDArray values,
      float[] onValue,
      float[] constant,
      INDArray result) {
    float[] errorFactors = repeated(onError);
    float[] valueFactors = repeated(onValue);
    float[] constants = repeated(constant);
    FloatBuffer errorSource = Contiguous.floats(errors);
    FloatBuffer source = Contiguous.floats(values);
    FloatBuffer target = Contiguous.floats(result);
    float[] error = new float[length];
    float[] block = new float[length];
    while (source.hasRemaining()) {
      int count = Math.min(length, source.remaining());
      errorSource.get(error, 0, count);
      source.get(block, 0, count);
      for (int i = 0; i < count; i++) {
        block[i] = error[i] * errorFactors[i] + block[i] * valueFactors[i] + constants[i];
      }
      target.put(block, 0, count);
    }
  }

  /**
   * Adds up, for each channel, its values and their squares.
   *
   * @param values float, contiguous
   */
  ChannelSums moments(INDArray values) {
    ChannelSums sums = new ChannelSums(channels, length);
    FloatBuffer source = Contiguous.floats(values);
    float[] block = new float[length];
    while (source.hasRemaining()) {
      int count = Math.min(length, source.remaining());
      source.get(block, 0, count);
      sums.addSquares(block, count);
    }
    return sums.flushed();
  }

  /**
   * Adds up, for each channel, the errors, and these times how far the value is from the mean.
   *
   * @param values float, contiguous
   * @param errors as long
   */
  ChannelSums products(INDArray errors, INDArray values, float[] mean) {
    float[] means = repeated(mean);
    ChannelSums sums = new ChannelSums(channels, length);
    FloatBuffer errorSource = Contiguous.floats(errors);
    FloatBuffer source = Contiguous.floats(values);
    float[] error = new float[length];
    float[] block = new float[length];
    while (source.hasRemaining()) {
      int count = Math.min(length, source.remaining());
      errorSource.get(error, 0, count);
      source.get(block, 0, count);
      sums.addProducts(error, block, means, count);
    }
    return sums.flushed();
  }
}
