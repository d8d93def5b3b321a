package org.digitrecognizer.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.digitrecognizer.failure.UserException;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Translates the layers of a network. ONNX has channels before rows and columns; what is flattened
 * is put into the order that the dense layer was trained in first.
 */
final class OnnxLayers {

  private final OnnxGraph graph;
  private boolean channelsFirst;

  /** Whether there are still rows and columns. */
  private boolean maps = true;

  private String current = "";
  private String value = "";

  OnnxLayers(OnnxGraph graph) {
    this.graph = graph;
  }

  /**
   * Adds all layers.
   *
   * @param input what goes in, channels last
   * @return what comes out
   * @throws UserException if a layer has no counterpart in ONNX
   */
  String addAll(MultiLayerNetwork network, String input) {
    value = input;
    for (int i = 0; i < network.getnLayers(); i++) {
      Layer layer = network.getLayer(i);
      current = "layer " + (i + 1) + ", " + layer.conf().getLayer().getClass().getSimpleName();
      flatten(network.getLayerWiseConfigurations().getInputPreProcess(i));
      add(layer);
    }
    return value;
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
    value = graph.add("Flatten", Map.of("axis", 1L), value);
    maps = false;
  }

  private void putChannels(boolean first) {
    if (first != channelsFirst) {
      long[] order = first ? new long[] {0, 3, 1, 2} : new long[] {0, 2, 3, 1};
      value = graph.add("Transpose", Map.of("perm", order), value);
      channelsFirst = first;
    }
  }

  private void add(Layer layer) {
    org.deeplearning4j.nn.conf.layers.Layer conf = layer.conf().getLayer();
    if (conf instanceof ConvolutionLayer convolution) {
      putChannels(true);
      value = graph.add("Conv", window(convolution), withBias(layer));
      activate(convolution.getActivationFn());
    } else if (conf instanceof DenseLayer dense) {
      value = graph.add("Gemm", Map.of(), withBias(layer));
      activate(dense.getActivationFn());
    } else if (conf instanceof BaseOutputLayer output) {
      value = graph.add("Gemm", Map.of(), withBias(layer));
      activate(output.getActivationFn());
    } else if (conf instanceof SubsamplingLayer pooling) {
      putChannels(true);
      value = graph.add(pooling(pooling.getPoolingType()) + "Pool", window(pooling), value);
    } else if (conf instanceof GlobalPoolingLayer pooling) {
      putChannels(true);
      value = graph.add("Global" + pooling(pooling.getPoolingType()) + "Pool", Map.of(), value);
      flatten();
    } else if (conf instanceof BatchNormalization normalization) {
      normalize(normalization, layer);
    } else if (conf instanceof ActivationLayer activation) {
      activate(activation.getActivationFn());
    } else if (!(conf instanceof DropoutLayer)) {
      throw unknown("a layer of this kind");
    }
  }

  private String[] withBias(Layer layer) {
    INDArray weights = layer.getParam(DefaultParamInitializer.WEIGHT_KEY);
    INDArray bias = layer.getParam(DefaultParamInitializer.BIAS_KEY);
    String kernel = graph.constant("weights", weights, weights.shape());
    return bias == null
        ? new String[] {value, kernel}
        : new String[] {value, kernel, graph.constant("bias", bias, bias.length())};
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

  private void normalize(BatchNormalization conf, Layer layer) {
    if (maps) {
      putChannels(true);
    }
    INDArray mean = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_MEAN);
    INDArray gamma = layer.getParam(BatchNormalizationParamInitializer.GAMMA);
    INDArray beta = layer.getParam(BatchNormalizationParamInitializer.BETA);
    INDArray ones = Nd4j.ones(mean.dataType(), mean.shape());
    long channels = mean.length();
    value =
        graph.add(
            "BatchNormalization",
            Map.of("epsilon", (float) conf.getEps()),
            value,
            graph.constant("gamma", gamma == null ? ones.mul(conf.getGamma()) : gamma, channels),
            graph.constant("beta", beta == null ? ones.mul(conf.getBeta()) : beta, channels),
            graph.constant("mean", mean, channels),
            graph.constant("variance", variance(conf, layer), channels));
  }

  private static INDArray variance(BatchNormalization conf, Layer layer) {
    if (!conf.isUseLogStd()) {
      return layer.getParam(BatchNormalizationParamInitializer.GLOBAL_VAR);
    }
    INDArray logStd = layer.getParam(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
    return Transforms.pow(
        Nd4j.valueArrayOf(logStd.shape(), 10.0, logStd.dataType()), logStd.mul(2));
  }

  private void activate(IActivation activation) {
    value =
        OnnxActivations.add(graph, activation, value)
            .orElseThrow(() -> unknown("the activation " + activation));
  }

  private UserException unknown(String what) {
    return new UserException(
        "The network cannot be written as ONNX: " + current + ": " + what + " has no counterpart");
  }
}
