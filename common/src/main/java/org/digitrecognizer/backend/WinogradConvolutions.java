package org.digitrecognizer.backend;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The first three layers of a network that is only read with: 3×3 convolution of one channel, 3×3
 * convolution, 2×2 max-pooling, both convolutions with ReLU. The second is Winograd's F(4×4, 3×3)
 * (Lavin and Gray 2016, arXiv 1509.09308), which needs a quarter of the multiplications: 36 matrix
 * products, one for each place of a tile of 6×6. For one thread.
 */
final class WinogradConvolutions {

  private static final int LAYERS = 3;
  private static final int TAPS = WinogradTransform.TAPS;
  private static final int STEP = WinogradTransform.OUTPUTS;
  private static final int PLACES = WinogradTransform.INPUTS * WinogradTransform.INPUTS;

  /** Images of one product: as many as make up for the call, and few enough for the cache. */
  private static final int BLOCK = 32;

  private final int height;
  private final int width;
  private final int tiles;
  private final FirstConvolution first;
  private final float[] row;
  private final WinogradInput input;
  private final WinogradOutput output;
  private final INDArray inputs;
  private final INDArray outputs;

  /** One for each place of a tile. */
  private final List<FixedProduct> products = new ArrayList<>(PLACES);

  /**
   * @param first a layer that is {@link #supports supported}
   * @param second the next
   * @param height of the images
   * @param width of the images
   */
  WinogradConvolutions(
      org.deeplearning4j.nn.api.Layer first,
      org.deeplearning4j.nn.api.Layer second,
      int height,
      int width) {
    this.height = height;
    this.width = width;
    int down = tiles(height);
    int across = tiles(width);
    tiles = down * across;
    this.first = new FirstConvolution(weights(first), bias(first), height, width, BLOCK);
    INDArray filters = weights(second);
    int out = (int) filters.size(0);
    int in = (int) filters.size(1);
    row = new float[(width - TAPS + 1) * in];
    input = new WinogradInput(down, across, in);
    output = new WinogradOutput(down, across, bias(second).dup('c').data().asFloat());
    INDArray weights = transformed(filters);
    inputs = Nd4j.create(DataType.FLOAT, PLACES, (long) BLOCK * tiles, in);
    outputs = Nd4j.create(DataType.FLOAT, PLACES, (long) BLOCK * tiles, out);
    for (int place = 0; place < PLACES; place++) {
      products.add(
          new FixedProduct(inputs.slice(place), weights.slice(place), outputs.slice(place)));
    }
  }

  private static INDArray weights(org.deeplearning4j.nn.api.Layer layer) {
    return layer.getParam(ConvolutionParamInitializer.WEIGHT_KEY);
  }

  private static INDArray bias(org.deeplearning4j.nn.api.Layer layer) {
    return layer.getParam(ConvolutionParamInitializer.BIAS_KEY);
  }

  private static int tiles(int size) {
    return (size - 2 * (TAPS - 1)) / STEP;
  }

  /** Returns {@code [6·6, in, out]} for {@code [out, in, 3, 3]}. */
  private static INDArray transformed(INDArray filters) {
    int out = (int) filters.size(0);
    int in = (int) filters.size(1);
    float[] values = filters.dup('c').data().asFloat();
    float[] to = new float[PLACES * in * out];
    double[] filter = new double[TAPS * TAPS];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        for (int tap = 0; tap < filter.length; tap++) {
          filter[tap] = values[(o * in + i) * filter.length + tap];
        }
        double[] places = WinogradTransform.filter(filter);
        for (int place = 0; place < PLACES; place++) {
          to[(place * in + i) * out + o] = (float) places[place];
        }
      }
    }
    return Nd4j.createFromArray(to).reshape(PLACES, in, out);
  }

  /**
   * Returns whether a network begins with three such layers, and its images can be cut into whole
   * tiles.
   *
   * @param layers the configurations of all layers
   */
  static boolean supports(Layer[] layers, int height, int width) {
    return layers.length > LAYERS
        && layers[0] instanceof NhwcConvolution first
        && layers[1] instanceof NhwcConvolution second
        && layers[2] instanceof NhwcMaxPooling
        && first.getNIn() == 1
        && isPlain(first)
        && isPlain(second)
        && isWhole(height)
        && isWhole(width);
  }

  private static boolean isPlain(ConvolutionLayer conf) {
    return Arrays.equals(conf.getKernelSize(), new int[] {TAPS, TAPS})
        && Arrays.equals(conf.getStride(), new int[] {1, 1})
        && Arrays.equals(conf.getPadding(), new int[] {0, 0})
        && Arrays.equals(conf.getDilation(), new int[] {1, 1})
        && conf.getConvolutionMode() != ConvolutionMode.Same
        && conf.getActivationFn().equals(new ActivationReLU());
  }

  private static boolean isWhole(int size) {
    return tiles(size) > 0 && (size - 2 * (TAPS - 1)) % STEP == 0;
  }

  /** Returns the shape of the output for so many images. */
  long[] outputShape(int images) {
    return new long[] {images, tiles(height) * 2L, tiles(width) * 2L, outputs.size(2)};
  }

  /**
   * Computes images.
   *
   * @param pixels {@code [images, height, width]}
   * @param to of {@link #outputShape}, c order
   */
  void compute(float[] pixels, INDArray to) {
    int images = (int) to.size(0);
    FloatBuffer transformed = Contiguous.floats(inputs);
    FloatBuffer multiplied = Contiguous.floats(outputs);
    FloatBuffer target = Contiguous.floats(to);
    for (int start = 0; start < images; start += BLOCK) {
      int count = Math.min(BLOCK, images - start);
      first.compute(pixels, start, count);
      for (int image = 0; image < count; image++) {
        transformInput(image, transformed);
      }
      products.forEach(FixedProduct::compute);
      for (int image = 0; image < count; image++) {
        output.transform(multiplied, image * tiles, BLOCK * tiles, target);
      }
    }
  }

  private void transformInput(int image, FloatBuffer transformed) {
    for (int y = 0; y <= height - TAPS; y++) {
      first.row(image, y, row);
      input.take(y, row);
    }
    input.transform(transformed, image * tiles, BLOCK * tiles);
  }
}
