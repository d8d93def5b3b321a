package org.digitrecognizer.backend;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A 3×3 convolution with ReLU of images with one channel, stride 1, no padding, as one matrix
 * product: (patches of the images, and a one for the bias) × (weights, and bias). For one thread.
 */
final class FirstConvolution {

  private static final int TAPS = WinogradTransform.TAPS;

  /** Pixels of a patch, and the one. */
  private static final int COLUMNS = TAPS * TAPS + 1;

  private final int width;
  private final int outHeight;
  private final int outWidth;
  private final int channels;

  /** The patches of an image. */
  private final float[] patches;

  private final INDArray input;
  private final INDArray output;
  private final FixedProduct product;

  /** Of the output, which must stay reachable. */
  private final FloatBuffer outputFloats;

  /**
   * @param weights {@code [out, 1, 3, 3]}
   * @param bias {@code [out]}
   * @param height of the images
   * @param width of the images
   * @param images most at once
   */
  FirstConvolution(INDArray weights, INDArray bias, int height, int width, int images) {
    this.width = width;
    this.outHeight = height - TAPS + 1;
    this.outWidth = width - TAPS + 1;
    this.channels = (int) weights.size(0);
    patches = new float[outHeight * outWidth * COLUMNS];
    Arrays.fill(patches, 1f);
    long rows = (long) images * outHeight * outWidth;
    input = Nd4j.create(DataType.FLOAT, rows, COLUMNS);
    output = Nd4j.create(DataType.FLOAT, rows, channels);
    outputFloats = Contiguous.floats(output);
    INDArray taps = weights.dup('c').reshape(channels, TAPS * TAPS).transpose();
    product =
        new FixedProduct(input, Nd4j.vstack(taps, bias.reshape(1, channels)).dup('c'), output);
  }

  /**
   * Computes images.
   *
   * @param pixels {@code [images, height, width]}
   * @param first the image to begin with
   * @param count how many
   */
  void compute(float[] pixels, int first, int count) {
    int size = (outHeight + TAPS - 1) * width;
    FloatBuffer to = Contiguous.floats(input);
    for (int image = 0; image < count; image++) {
      cut(pixels, (first + image) * size);
      to.put(patches);
    }
    product.compute();
  }

  private void cut(float[] pixels, int offset) {
    int next = 0;
    for (int y = 0; y < outHeight; y++) {
      for (int x = 0; x < outWidth; x++) {
        for (int tap = 0; tap < TAPS; tap++) {
          int from = offset + (y + tap) * width + x;
          patches[next] = pixels[from];
          patches[next + 1] = pixels[from + 1];
          patches[next + 2] = pixels[from + 2];
          next += TAPS;
        }
        next++;
      }
    }
  }

  /**
   * Returns a row of the output.
   *
   * @param image of those computed last, from 0
   * @param y number of the row
   * @param row receives {@code [outWidth, out]}
   */
  void row(int image, int y, float[] row) {
    outputFloats.position((image * outHeight + y) * outWidth * channels).get(row);
    for (int i = 0; i < row.length; i++) {
      row[i] = Math.max(row[i], 0f);
    }
  }
}
