// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.model;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * What a network that is only read with has no need of. A batch normalisation that follows a
 * convolution or a dense layer without activation is a factor and a shift a channel (Ioffe and
 * Szegedy 2015, algorithm 2), which the weights before it can hold; so can that layer hold the
 * activation that comes after.
 */
public final class FoldedNetwork {

  private final StoredNetwork network;
  private final List<NeuralNetConfiguration> layers = new ArrayList<>();
  private final Map<Integer, InputPreProcessor> preprocessors = new HashMap<>();
  private final List<float[]> numbers = new ArrayList<>();

  private FoldedNetwork(StoredNetwork network) {
    this.network = network;
  }

  /**
   * Returns a network that computes the same with fewer layers, without updater state; only
   * rounding differs. What cannot be folded stays.
   */
  public static StoredNetwork of(StoredNetwork network) {
    FoldedNetwork folded = new FoldedNetwork(network);
    folded.addAll();
    return folded.build();
  }

  /**
   * Returns the part of a network that tells the digits apart: without the outputs, where there are
   * some, that say that the image is not one digit, or two. The probabilities are then those of the
   * digits, given that it is one.
   */
  public static StoredNetwork digitsOnly(StoredNetwork network) {
    FoldedNetwork digits = new FoldedNetwork(network);
    digits.copyAll();
    if (DigitNetwork.tellsOneDigit(network)) {
      digits.dropOtherOutputs();
    }
    return digits.build();
  }

  private void copyAll() {
    FloatBuffer parameters = FloatBuffer.wrap(network.parameters());
    List<NeuralNetConfiguration> all = network.configuration().getConfs();
    for (int i = 0; i < all.size(); i++) {
      keep(all.get(i), network.configuration().getInputPreProcess(i), next(parameters, all.get(i)));
    }
  }

  private void addAll() {
    FloatBuffer parameters = FloatBuffer.wrap(network.parameters());
    List<NeuralNetConfiguration> all = network.configuration().getConfs();
    for (int i = 0; i < all.size(); i++) {
      float[] own = next(parameters, all.get(i));
      InputPreProcessor before = network.configuration().getInputPreProcess(i);
      Layer layer = all.get(i).getLayer();
      if (before == null && layer instanceof BatchNormalization conf && lastTakes(conf)) {
        fold(new LayerNumbers(FloatBuffer.wrap(own)).normalization(conf), conf.getEps());
      } else if (before == null && layer instanceof ActivationLayer conf && lastIsLinear(conf)) {
        ((BaseLayer) last().getLayer()).setActivationFn(conf.getActivationFn());
      } else {
        keep(all.get(i), before, own);
      }
    }
  }

  private static float[] next(FloatBuffer parameters, NeuralNetConfiguration layer) {
    float[] own = new float[Math.toIntExact(StoredNetwork.parameterCount(layer))];
    parameters.get(own);
    return own;
  }

  private void keep(NeuralNetConfiguration layer, InputPreProcessor before, float[] own) {
    if (before != null) {
      preprocessors.put(layers.size(), before);
    }
    layers.add(layer.clone());
    numbers.add(own);
  }

  private NeuralNetConfiguration last() {
    return layers.get(layers.size() - 1);
  }

  /** Whether the last layer is one whose weights and bias can hold the normalisation. */
  private boolean lastTakes(BatchNormalization conf) {
    if (!lastIsLinear(conf)) {
      return false;
    }
    Layer layer = last().getLayer();
    boolean bias =
        layer instanceof ConvolutionLayer convolution
            ? convolution.hasBias()
            : ((DenseLayer) layer).hasBias();
    return bias && ((FeedForwardLayer) layer).getNOut() == conf.getNOut();
  }

  /** Whether nothing comes between the last layer's sums and the next layer. */
  private boolean lastIsLinear(Layer next) {
    if (layers.isEmpty() || next.getIDropout() != null) {
      return false;
    }
    Layer layer = last().getLayer();
    boolean sums =
        layer instanceof ConvolutionLayer
            || (layer instanceof DenseLayer dense && !dense.hasLayerNorm());
    return sums && ((BaseLayer) layer).getActivationFn() instanceof ActivationIdentity;
  }

  private void fold(LayerNumbers.Normalization normalization, double epsilon) {
    float[] own = numbers.get(numbers.size() - 1);
    Layer layer = last().getLayer();
    int channels = Math.toIntExact(((FeedForwardLayer) layer).getNOut());
    int weightsEach = own.length / channels - 1;
    boolean biasFirst = layer instanceof ConvolutionLayer;
    int weights = biasFirst ? channels : 0;
    int bias = biasFirst ? 0 : weightsEach * channels;
    for (int c = 0; c < channels; c++) {
      double factor =
          normalization.gamma().get(c) / Math.sqrt(normalization.variance().get(c) + epsilon);
      for (int i = 0; i < weightsEach; i++) {
        own[weights + c * weightsEach + i] *= (float) factor;
      }
      double shifted = own[bias + c] - normalization.mean().get(c);
      own[bias + c] = (float) (shifted * factor + normalization.beta().get(c));
    }
  }

  /** The output layer's numbers are weights {@code [out, in]}, then a bias an output. */
  private void dropOtherOutputs() {
    OutputLayer output = (OutputLayer) last().getLayer();
    int in = Math.toIntExact(output.getNIn());
    int out = Math.toIntExact(output.getNOut());
    float[] own = numbers.remove(numbers.size() - 1);
    int fewer = DigitNetwork.NEITHER;
    float[] kept = new float[fewer * in + (output.hasBias() ? fewer : 0)];
    System.arraycopy(own, 0, kept, 0, fewer * in);
    System.arraycopy(own, out * in, kept, fewer * in, kept.length - fewer * in);
    output.setNOut(fewer);
    numbers.add(kept);
  }

  private StoredNetwork build() {
    MultiLayerConfiguration configuration = network.configuration().clone();
    configuration.setConfs(layers);
    configuration.setInputPreProcessors(preprocessors);
    FloatBuffer all = FloatBuffer.allocate(numbers.stream().mapToInt(own -> own.length).sum());
    numbers.forEach(all::put);
    return network.with(configuration, all.array());
  }
}
