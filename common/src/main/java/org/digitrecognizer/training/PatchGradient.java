// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import java.nio.IntBuffer;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The gradient of a first convolution's parameters as one matrix product: (patches of the input,
 * and a one for the bias) × (error at the output). Conv2DDerivative would compute the gradient of
 * the input as well, which at the first layer costs more than all the rest and is thrown away.
 */
final class PatchGradient {

  private static final int ONE = Float.floatToRawIntBits(1f);

  private PatchGradient() {}

  /** Returns whether the convolution is of the plain kind: one channel in, stride 1, no padding. */
  static boolean supports(ConvolutionLayer conf) {
    return conf.getNIn() == 1
        && Arrays.equals(conf.getStride(), new int[] {1, 1})
        && Arrays.equals(conf.getPadding(), new int[] {0, 0})
        && Arrays.equals(conf.getDilation(), new int[] {1, 1})
        && conf.getConvolutionMode() != ConvolutionMode.Same;
  }

  /**
   * @param input {@code [batch, height, width, 1]}, contiguous
   * @param delta {@code [batch, outHeight, outWidth, out]}, contiguous
   * @param weightsGradient receives {@code [kernelHeight, kernelWidth, 1, out]}
   * @param biasGradient receives {@code [1, out]}
   */
  static void compute(
      INDArray input,
      INDArray delta,
      INDArray weightsGradient,
      INDArray biasGradient,
      LayerWorkspaceMgr workspaces) {
    long[] kernel = weightsGradient.shape();
    long weights = kernel[0] * kernel[1];
    long out = kernel[3];
    long positions = delta.length() / out;
    INDArray patches =
        workspaces.createUninitialized(
            ArrayType.BP_WORKING_MEM, input.dataType(), new long[] {positions, weights + 1}, 'c');
    fill(input, (int) kernel[0], (int) kernel[1], patches);
    INDArray product =
        workspaces.createUninitialized(
            ArrayType.BP_WORKING_MEM, input.dataType(), new long[] {out, weights + 1}, 'f');
    Nd4j.gemm(delta.reshape('c', positions, out), patches, product, true, false, 1.0, 0.0);
    INDArray rows = product.transpose();
    weightsGradient.reshape('c', weights, out).assign(rows.get(NDArrayIndex.interval(0, weights)));
    biasGradient.assign(rows.getRow(weights).reshape(biasGradient.shape()));
  }

  private static void fill(INDArray input, int kernelHeight, int kernelWidth, INDArray patches) {
    int height = (int) input.size(1);
    int width = (int) input.size(2);
    int outHeight = height - kernelHeight + 1;
    int outWidth = width - kernelWidth + 1;
    int columns = kernelHeight * kernelWidth + 1;
    int[] image = new int[height * width];
    int[] block = new int[outHeight * outWidth * columns];
    IntBuffer from = FloatBits.of(input);
    IntBuffer to = FloatBits.of(patches);
    while (from.hasRemaining()) {
      from.get(image);
      int next = 0;
      for (int row = 0; row < outHeight; row++) {
        for (int column = 0; column < outWidth; column++) {
          for (int y = 0; y < kernelHeight; y++) {
            for (int x = 0; x < kernelWidth; x++) {
              block[next++] = image[(row + y) * width + column + x];
            }
          }
          block[next++] = ONE;
        }
      }
      to.put(block);
    }
  }
}
