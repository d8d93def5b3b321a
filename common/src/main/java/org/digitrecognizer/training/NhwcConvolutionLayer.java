// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.training;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Convolution over {@code [batch, height, width, channels]} by ND4J's Conv2D and Conv2DDerivative
 * operations, which use oneDNN on contiguous arrays.
 *
 * <p>The parameters are those of the stock layer: weights {@code [out, in, kernelHeight,
 * kernelWidth]}, bias {@code [1, out]}. oneDNN is a fifth faster backwards with weights {@code
 * [kernelHeight, kernelWidth, in, out]}; they are few, so they are copied into that order at each
 * call.
 *
 * <p>As the first layer of a network it computes no gradient of its input and returns null for it:
 * nobody asks for the gradient of an image.
 */
final class NhwcConvolutionLayer extends ConvolutionLayer {

  private static final long serialVersionUID = 1L;

  /**
   * What the activation's derivative is taken from: the output for ReLU, else the pre-activation.
   */
  private transient INDArray kept;

  NhwcConvolutionLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    helper = null;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    validateInputRank();
    validateInputDepth(layerConf().getNIn());
    INDArray weights = operationWeights(training, workspaces, ArrayType.FF_WORKING_MEM);
    INDArray bias = getParamWithNoise(ConvolutionParamInitializer.BIAS_KEY, training, workspaces);
    Conv2D convolution =
        new Conv2D(Contiguous.of(input), weights, bias.reshape(bias.length()), null, config());
    long[] shape = convolution.calculateOutputShape().get(0).getShape();
    INDArray output = workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, shape, 'c');
    convolution.addOutputArgument(output);
    Nd4j.exec(convolution);
    return activated(output, training, workspaces);
  }

  private INDArray activated(INDArray z, boolean training, LayerWorkspaceMgr workspaces) {
    if (isPlainRelu()) {
      Nd4j.getExecutioner().exec(new RectifiedLinear(z, z));
      kept = training ? z : null;
      return z;
    }
    if (isIdentity()) {
      return z;
    }
    kept = training ? workspaces.dup(ArrayType.ACTIVATIONS, z) : null;
    return layerConf().getActivationFn().getActivation(z, training);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray delta = delta(Contiguous.of(epsilon));
    INDArray weights = operationWeights(true, workspaces, ArrayType.BP_WORKING_MEM);
    INDArray weightsGradient =
        workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, dataType, weights.shape(), 'c');
    INDArray biasGradient = gradientViews.get(ConvolutionParamInitializer.BIAS_KEY);
    INDArray inputGradient = null;
    if (index == 0 && PatchGradient.supports(layerConf())) {
      PatchGradient.compute(Contiguous.of(input), delta, weightsGradient, biasGradient, workspaces);
    } else {
      inputGradient =
          workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
      derivative(weights, delta, inputGradient, weightsGradient, biasGradient);
      inputGradient = backpropDropOutIfPresent(inputGradient);
    }
    INDArray weightsGradientView = gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY);
    weightsGradientView.assign(weightsGradient.permute(3, 2, 0, 1));

    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(ConvolutionParamInitializer.BIAS_KEY, biasGradient);
    gradient.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, weightsGradientView, 'c');
    weightNoiseParams.clear();
    kept = null;
    return new Pair<>(gradient, inputGradient);
  }

  /**
   * The error before the activation. May overwrite {@code epsilon}, which the layer above made for
   * this one only.
   */
  private INDArray delta(INDArray epsilon) {
    if (isPlainRelu() && dataType == DataType.FLOAT) {
      FloatBits.zeroWhereNotPositive(kept, epsilon);
      return epsilon;
    }
    if (isIdentity()) {
      return epsilon;
    }
    return Contiguous.of(layerConf().getActivationFn().backprop(kept, epsilon).getFirst());
  }

  private void derivative(
      INDArray weights,
      INDArray delta,
      INDArray inputGradient,
      INDArray weightsGradient,
      INDArray biasGradient) {
    INDArray bias = getParam(ConvolutionParamInitializer.BIAS_KEY);
    Conv2DDerivative derivative = new Conv2DDerivative();
    derivative.addInputArgument(Contiguous.of(input), weights, bias.reshape(bias.length()), delta);
    derivative.addOutputArgument(
        inputGradient, weightsGradient, biasGradient.reshape(biasGradient.length()));
    derivative.addIArgument(new Conv2D(input, weights, null, null, config()).iArgs());
    Nd4j.exec(derivative);
  }

  private INDArray operationWeights(
      boolean training, LayerWorkspaceMgr workspaces, ArrayType arrayType) {
    INDArray weights =
        getParamWithNoise(ConvolutionParamInitializer.WEIGHT_KEY, training, workspaces);
    return workspaces.dup(arrayType, weights.permute(2, 3, 1, 0), 'c');
  }

  private boolean isPlainRelu() {
    return layerConf().getActivationFn() instanceof ActivationReLU relu
        && FastActivation.isPlain(relu);
  }

  private boolean isIdentity() {
    return layerConf().getActivationFn() instanceof ActivationIdentity;
  }

  private Conv2DConfig config() {
    org.deeplearning4j.nn.conf.layers.ConvolutionLayer conf = layerConf();
    return Conv2DConfig.builder()
        .kH(conf.getKernelSize()[0])
        .kW(conf.getKernelSize()[1])
        .sH(conf.getStride()[0])
        .sW(conf.getStride()[1])
        .pH(conf.getPadding()[0])
        .pW(conf.getPadding()[1])
        .dH(conf.getDilation()[0])
        .dW(conf.getDilation()[1])
        .paddingMode(convolutionMode == ConvolutionMode.Same ? PaddingMode.SAME : PaddingMode.VALID)
        .dataFormat("NHWC")
        .weightsFormat(WeightsFormat.YXIO)
        .build();
  }
}
