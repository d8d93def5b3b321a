package org.digitrecognizer.backend;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of the fast convolution: the fields of {@link ConvolutionLayer}, another
 * implementation. Its JSON differs from the stock layer's in the class name only, which is what
 * {@link FastLayers} relies on.
 */
public final class NhwcConvolution extends ConvolutionLayer {

  private static final long serialVersionUID = 1L;

  /** For JSON. */
  NhwcConvolution() {
    super(new ConvolutionLayer.Builder(1, 1));
  }

  /** Returns whether the fast layer does all that this configuration asks for. */
  static boolean supports(ConvolutionLayer stock) {
    return stock.getCnn2dDataFormat() == CNN2DFormat.NHWC && stock.hasBias();
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parametersView,
      boolean initializeParameters,
      DataType dataType) {
    NhwcConvolutionLayer layer = new NhwcConvolutionLayer(conf, dataType);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(parametersView);
    Map<String, INDArray> parameters =
        initializer().init(conf, parametersView, initializeParameters);
    layer.setParamTable(parameters);
    layer.setConf(conf);
    return layer;
  }

  @Override
  public NhwcConvolution clone() {
    return (NhwcConvolution) super.clone();
  }
}
