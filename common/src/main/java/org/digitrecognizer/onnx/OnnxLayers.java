// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.onnx;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.inference.DigitSession;
import org.digitrecognizer.model.DigitNetwork;
import org.digitrecognizer.model.LayerNumbers;
import org.digitrecognizer.model.StoredNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * Translates the layers of a network. ONNX has channels before rows and columns; what is flattened
 * is put into the order that the dense layer was trained in first.
 */
final class OnnxLayers {

  private static final long CHANNELS = 1;

  private final OnnxGraph graph;
  private Precision precision;
  private final Map<String, Integer> outputs = new LinkedHashMap<>();
  private boolean channelsFirst;

  /** Whether there are still rows and columns. */
  private boolean maps = true;

  /** Which of the graph's axes, channels first, is Deeplearning4j's last. */
  private long lastAxis = CHANNELS;

  private String current = "";
  private String value = "";

  /**
   * @param precision of what comes before the last layer of sums of products; floats follow
   */
  OnnxLayers(OnnxGraph graph, Precision precision) {
    this.graph = graph;
    this.precision = precision;
  }

  /**
   * Adds all layers.
   *
   * @param input what goes in, channels last
   * @throws UserException if a layer has no counterpart in ONNX
   */
  void addAll(StoredNetwork network, String input) {
    value = precision.computed(graph, input);
    FloatBuffer parameters = FloatBuffer.wrap(network.parameters());
    List<NeuralNetConfiguration> layers = network.configuration().getConfs();
    int last = lastOfSums(layers);
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i).getLayer();
      int count = Math.toIntExact(StoredNetwork.parameterCount(layers.get(i)));
      LayerNumbers numbers = new LayerNumbers(parameters.slice(parameters.position(), count));
      parameters.position(parameters.position() + count);
      current = "layer " + (i + 1) + ", " + layer.getClass().getSimpleName();
      if (i == last) {
        // Probabilities are to be no coarser than they are, nor what they are made of.
        precision = Precision.FLOAT;
      }
      InputPreProcessor before = network.configuration().getInputPreProcess(i);
      if (i > 0 || !isImage(before)) {
        flatten(before);
      }
      if (i == layers.size() - 1 && DigitNetwork.tellsOneDigit(network)) {
        addOutputs((OutputLayer) layer, numbers);
      } else {
        add(layer, numbers);
      }
    }
    if (outputs.isEmpty()) {
      output(value, DigitSession.OUTPUT, DigitImage.CLASSES);
    }
  }

  /** Returns which layer of sums of products is the last. */
  private static int lastOfSums(List<NeuralNetConfiguration> layers) {
    int last = layers.size() - 1;
    while (last > 0 && !isOfSums(layers.get(last).getLayer())) {
      last--;
    }
    return last;
  }

  private static boolean isOfSums(Layer layer) {
    return layer instanceof ConvolutionLayer
        || layer instanceof DenseLayer
        || layer instanceof BaseOutputLayer;
  }

  /** Returns how many numbers an image each of the graph's outputs has, by its name. */
  Map<String, Integer> outputs() {
    return outputs;
  }

  private void output(String from, String name, int size) {
    graph.name(from, name);
    outputs.put(name, size);
  }

  /**
   * The digits' probabilities given that it is one, and the probability that it is: a softmax over
   * the digits' sums alone, and what one over all of them leaves. That one has the pairs, too.
   */
  private void addOutputs(OutputLayer conf, LayerNumbers numbers) {
    String sums =
        graph.add(
            "Gemm",
            Map.of("transB", 1L),
            precision.inputs(
                graph, value, numbers.dense(conf, conf.hasBias()), conf.getNOut(), conf.getNIn()));
    String digits = columns(sums, 0, DigitImage.CLASSES);
    output(softmax(digits), DigitSession.OUTPUT, DigitImage.CLASSES);
    String all = softmax(sums);
    output(sumOfDigits(all), DigitSession.ONE_DIGIT, 1);
    if (conf.getNOut() == DigitNetwork.OUTPUTS) {
      int first = DigitNetwork.pair(0, 0);
      String pairs = columns(all, first, DigitNetwork.OUTPUTS);
      output(pairs, DigitSession.PAIRS, DigitNetwork.OUTPUTS - first);
    }
  }

  /** Column by column: what ReduceSum rounds to depends on the row's place in the batch. */
  private String sumOfDigits(String rows) {
    String sum = columns(rows, 0, 1);
    for (int digit = 1; digit < DigitImage.CLASSES; digit++) {
      sum = graph.add("Add", Map.of(), sum, columns(rows, digit, digit + 1));
    }
    return sum;
  }

  private String softmax(String sums) {
    return graph.add("Softmax", Map.of("axis", 1L), sums);
  }

  /** The columns from one to before another. */
  private String columns(String rows, long from, long to) {
    return graph.add(
        "Slice", Map.of(), rows, graph.indices(from), graph.indices(to), graph.indices(1));
  }

  /** Whether it makes of a row of pixels what goes in as rows and columns already. */
  private static boolean isImage(InputPreProcessor before) {
    return before instanceof FeedForwardToCnnPreProcessor image
        && image.getInputHeight() == DigitImage.HEIGHT
        && image.getInputWidth() == DigitImage.WIDTH
        && image.getNumChannels() == 1;
  }

  private void flatten(InputPreProcessor before) {
    if (before instanceof CnnToFeedForwardPreProcessor flattening) {
      putChannels(flattening.getFormat() != CNN2DFormat.NHWC);
      flatten();
    } else if (before != null) {
      throw unknown(before.getClass().getSimpleName() + " before it");
    }
  }

  private void flatten() {
    move("Flatten", Map.of("axis", 1L));
    maps = false;
    lastAxis = -1;
  }

  private void putChannels(boolean first) {
    if (first != channelsFirst) {
      long[] order = first ? new long[] {0, 3, 1, 2} : new long[] {0, 2, 3, 1};
      move("Transpose", Map.of("perm", order));
      channelsFirst = first;
    }
  }

  private void add(Layer conf, LayerNumbers numbers) {
    if (conf instanceof ConvolutionLayer convolution) {
      putChannels(true);
      lastAxis = convolution.getCnn2dDataFormat() == CNN2DFormat.NHWC ? CHANNELS : -1;
      int[] kernel = convolution.getKernelSize();
      value =
          graph.add(
              "Conv",
              window(convolution),
              precision.inputs(
                  graph,
                  value,
                  numbers.convolution(convolution),
                  convolution.getNOut(),
                  convolution.getNIn(),
                  kernel[0],
                  kernel[1]));
      activateSums(convolution.getActivationFn());
    } else if (conf instanceof DenseLayer dense) {
      refuseNormalization(dense.hasLayerNorm());
      dense(dense, dense.hasBias(), numbers);
      activateSums(dense.getActivationFn());
    } else if (conf instanceof BaseOutputLayer output) {
      dense(output, output.hasBias(), numbers);
      activate(output.getActivationFn());
    } else if (conf instanceof SubsamplingLayer pooling) {
      putChannels(true);
      pool("", pooling.getPoolingType(), window(pooling));
    } else if (conf instanceof GlobalPoolingLayer pooling) {
      putChannels(true);
      pool("Global", pooling.getPoolingType(), Map.of());
      flatten();
    } else if (conf instanceof BatchNormalization normalization) {
      normalize(normalization, numbers.normalization(normalization));
      value = precision.computed(graph, value);
    } else if (conf instanceof ActivationLayer activation) {
      activate(activation.getActivationFn());
      value = precision.computed(graph, value);
    } else if (!(conf instanceof DropoutLayer)) {
      throw unknown("a layer of this kind");
    }
  }

  private void refuseNormalization(boolean layerNorm) {
    if (layerNorm) {
      throw unknown("layer normalisation");
    }
  }

  private void dense(FeedForwardLayer conf, boolean bias, LayerNumbers numbers) {
    String[] inputs =
        precision.inputs(graph, value, numbers.dense(conf, bias), conf.getNOut(), conf.getNIn());
    value = graph.add("Gemm", Map.of("transB", 1L), inputs);
  }

  /** Adds what only puts values into another order. */
  private void move(String operator, Map<String, ?> attributes) {
    value = precision.moved(graph, graph.add(operator, attributes, value), value);
  }

  private void pool(String prefix, PoolingType type, Map<String, ?> attributes) {
    String pooled = graph.add(prefix + pooling(type) + "Pool", attributes, value);
    value =
        type == PoolingType.MAX
            ? precision.moved(graph, pooled, value)
            : precision.computed(graph, pooled);
  }

  private Map<String, ?> window(ConvolutionLayer conf) {
    Map<String, Object> window =
        window(
            conf.getConvolutionMode(), conf.getKernelSize(), conf.getStride(), conf.getPadding());
    window.put("dilations", longs(conf.getDilation()));
    return window;
  }

  private Map<String, ?> window(SubsamplingLayer conf) {
    if (!Arrays.equals(conf.getDilation(), new int[] {1, 1})
        || conf.isAvgPoolIncludePadInDivisor()) {
      throw unknown("pooling with dilation, or over the padding");
    }
    return window(
        conf.getConvolutionMode(), conf.getKernelSize(), conf.getStride(), conf.getPadding());
  }

  private Map<String, Object> window(
      ConvolutionMode mode, int[] size, int[] stride, int[] padding) {
    Map<String, Object> window = new TreeMap<>();
    window.put("kernel_shape", longs(size));
    window.put("strides", longs(stride));
    if (mode == ConvolutionMode.Same) {
      window.put("auto_pad", "SAME_UPPER");
    } else if (mode == ConvolutionMode.Causal) {
      throw unknown("causal padding");
    } else {
      window.put("pads", new long[] {padding[0], padding[1], padding[0], padding[1]});
    }
    return window;
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  private String pooling(PoolingType type) {
    return switch (type) {
      case MAX -> "Max";
      case AVG -> "Average";
      default -> throw unknown("pooling of the type " + type);
    };
  }

  private void normalize(BatchNormalization conf, LayerNumbers.Normalization numbers) {
    if (maps) {
      putChannels(true);
    }
    long channels = conf.getNOut();
    value =
        graph.add(
            "BatchNormalization",
            Map.of("epsilon", (float) conf.getEps()),
            value,
            graph.constant("gamma", numbers.gamma(), channels),
            graph.constant("beta", numbers.beta(), channels),
            graph.constant("mean", numbers.mean(), channels),
            graph.constant("variance", numbers.variance(), channels));
  }

  /**
   * Follows a layer of sums of products. What rounds cuts off below 0 by itself; another activation
   * than ReLU comes after the rounding of the sums.
   */
  private void activateSums(IActivation activation) {
    if (!OnnxActivations.cutsOffOnly(activation)) {
      value = precision.computed(graph, value);
    }
    if (!(activation instanceof ActivationIdentity)) {
      activate(activation);
      value = precision.computed(graph, value);
    }
  }

  private void activate(IActivation activation) {
    value =
        OnnxActivations.add(graph, activation, value, lastAxis)
            .orElseThrow(() -> unknown("the activation " + activation));
  }

  private UserException unknown(String what) {
    return new UserException(
        "The network cannot be written as ONNX: " + current + ": " + what + " has no counterpart");
  }
}
