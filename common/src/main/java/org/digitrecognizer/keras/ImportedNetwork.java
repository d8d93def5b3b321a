// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.keras;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.digitrecognizer.digit.DigitImage;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Builds a network of a chain of Keras' layers. Keras' shape of what goes from layer to layer is
 * kept beside Deeplearning4j's, since flattening and reshaping are layers in Keras only.
 */
final class ImportedNetwork {

  private final List<Step> steps = new ArrayList<>();
  private InputType type =
      InputType.convolutional(DigitImage.HEIGHT, DigitImage.WIDTH, 1, CNN2DFormat.NHWC);
  private long[] shape;

  private ImportedNetwork(long[] shape) {
    this.shape = shape;
  }

  /**
   * A layer of the network.
   *
   * @param before what changes the shape of its input; null for nothing
   * @param parameters by Deeplearning4j's names
   */
  private record Step(Layer conf, InputPreProcessor before, Map<String, INDArray> parameters) {}

  /**
   * @throws Unconvertible if there is no such network
   */
  static MultiLayerNetwork of(List<LayerConfig> chain, KerasArchive archive, IUpdater updater) {
    ImportedNetwork imported = new ImportedNetwork(inputShape(chain.get(0)));
    LayerConversion conversion = new LayerConversion(archive);
    for (LayerConfig layer : chain) {
      switch (layer.kind()) {
        case "InputLayer" -> {}
        case "Flatten" -> imported.flatten(layer);
        case "Reshape" -> imported.reshape(layer);
        default -> imported.add(layer, conversion);
      }
    }
    imported.end(chain.get(chain.size() - 1));
    return imported.build(updater);
  }

  private static long[] inputShape(LayerConfig first) {
    long[] shape =
        first.inputShape().orElseThrow(() -> first.refused("it does not say what its input is"));
    long[] image = {DigitImage.HEIGHT, DigitImage.WIDTH, 1};
    if (!Arrays.equals(shape, image)
        && !Arrays.equals(shape, Arrays.copyOf(image, 2))
        && !Arrays.equals(shape, new long[] {DigitImage.SIZE})) {
      throw first.refused(
          "its input is "
              + Arrays.toString(shape)
              + ", expected images of digits: [28, 28, 1], [28, 28] or [784]");
    }
    return shape;
  }

  private void flatten(LayerConfig layer) {
    layer.require("data_format", "channels_last");
    shape = new long[] {product(shape)};
  }

  private void reshape(LayerConfig layer) {
    long[] target = new long[layer.get("target_shape").size()];
    long known = 1;
    for (int i = 0; i < target.length; i++) {
      target[i] = layer.get("target_shape").get(i).asLong();
      known *= target[i] == -1 ? 1 : target[i];
    }
    for (int i = 0; i < target.length; i++) {
      target[i] = target[i] == -1 && known > 0 ? product(shape) / known : target[i];
    }
    boolean positive = Arrays.stream(target).allMatch(size -> size > 0);
    if (!positive || product(target) != product(shape)) {
      throw layer.refused(
          "it makes " + layer.get("target_shape") + " of " + Arrays.toString(shape));
    }
    shape = target;
  }

  private void add(LayerConfig layer, LayerConversion conversion) {
    InputPreProcessor before = fitInput(layer);
    LayerConversion.Converted converted = conversion.of(layer, shape);
    if (converted == null) {
      return;
    }
    Layer conf = converted.conf();
    try {
      conf.setNIn(type, true);
      type = conf.getOutputType(steps.size(), type);
    } catch (DL4JException e) {
      throw layer.refused("it does not fit its input of the shape " + Arrays.toString(shape));
    }
    shape = type.getShape();
    steps.add(new Step(conf, before, converted.parameters()));
  }

  /** Returns what makes of Deeplearning4j's shape Keras'; null if they are the same. */
  private InputPreProcessor fitInput(LayerConfig layer) {
    if (Arrays.equals(shape, type.getShape())) {
      return null;
    }
    if (shape.length != 1 || !(type instanceof InputType.InputTypeConvolutional maps)) {
      throw layer.refused(
          "its input was reshaped to "
              + Arrays.toString(shape)
              + ", expected rows, columns and channels as they were, or all of them in one row");
    }
    type = InputType.feedForward(product(shape));
    return new CnnToFeedForwardPreProcessor(
        maps.getHeight(), maps.getWidth(), maps.getChannels(), CNN2DFormat.NHWC);
  }

  /** Makes the last dense layer and its softmax one, which is what fast layers are made of. */
  private void end(LayerConfig last) {
    if (shape.length != 1 || shape[0] != DigitImage.CLASSES || steps.isEmpty()) {
      throw last.refused(
          "the model's output is "
              + Arrays.toString(shape)
              + ", expected [10]: a probability a digit");
    }
    int end = steps.size() - 1;
    if (steps.get(end).conf() instanceof ActivationLayer softmax
        && softmax.getActivationFn() instanceof ActivationSoftmax
        && end > 0
        && steps.get(end - 1).conf() instanceof DenseLayer dense
        && dense.getActivationFn() instanceof ActivationIdentity) {
      dense.setActivationFn(softmax.getActivationFn());
      steps.remove(end);
      end--;
    }
    Step step = steps.get(end);
    if (step.conf() instanceof DenseLayer dense
        && dense.getActivationFn() instanceof ActivationSoftmax) {
      steps.set(end, new Step(output(dense), step.before(), step.parameters()));
    } else if (!(step.conf() instanceof ActivationLayer softmax
        && softmax.getActivationFn() instanceof ActivationSoftmax)) {
      throw last.refused("the model does not end in a softmax; add a Softmax layer");
    }
  }

  private static OutputLayer output(DenseLayer dense) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(dense.getNIn())
        .nOut(dense.getNOut())
        .hasBias(dense.hasBias())
        .activation(dense.getActivationFn())
        .build();
  }

  private MultiLayerNetwork build(IUpdater updater) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().updater(updater).list();
    for (int i = 0; i < steps.size(); i++) {
      list.layer(i, steps.get(i).conf());
      if (steps.get(i).before() != null) {
        list.inputPreProcessor(i, steps.get(i).before());
      }
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    for (int i = 0; i < steps.size(); i++) {
      Map<String, INDArray> table = network.getLayer(i).paramTable();
      steps
          .get(i)
          .parameters()
          .forEach((key, values) -> table.get(key).assign(values.reshape(table.get(key).shape())));
    }
    return network;
  }

  private static long product(long[] sizes) {
    return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
  }
}
