package org.digitrecognizer.backend;

import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network that is only read with: faster, and what it makes of an image is the same to the last
 * bit wherever the image stands in a batch. For one thread.
 */
public final class FrozenNetwork {

  private static final int CONVOLUTIONS = 3;

  private final MultiLayerNetwork network;
  private final int height;
  private final int width;
  private final WinogradConvolutions convolutions;
  private INDArray features;

  /**
   * @param network of fast layers, for images of one channel; its parameters must not change
   *     afterwards
   * @param height of the images
   * @param width of the images
   */
  public FrozenNetwork(MultiLayerNetwork network, int height, int width) {
    this.network = network;
    this.height = height;
    this.width = width;
    for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
      if (layer instanceof Freezable freezable) {
        freezable.freeze();
      }
    }
    this.convolutions =
        isKnown()
            ? new WinogradConvolutions(network.getLayer(0), network.getLayer(1), height, width)
            : null;
  }

  /** Returns whether the convolutions are of the kind for which there is a faster way. */
  boolean isKnown() {
    Layer[] layers = new Layer[network.getnLayers()];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = network.getLayerWiseConfigurations().getConf(i).getLayer();
    }
    return network.params().dataType() == DataType.FLOAT
        && WinogradConvolutions.supports(layers, height, width);
  }

  /**
   * Computes the output of the last layer.
   *
   * @param pixels {@code [images, height, width]}
   * @param images how many; the same at each call is fastest
   * @return {@code [images, outputs]}
   */
  public float[] output(float[] pixels, int images) {
    if (convolutions == null) {
      INDArray input = Nd4j.createFromArray(pixels).reshape(images, height, width, 1);
      return network.output(input).dup('c').data().asFloat();
    }
    if (features == null || features.size(0) != images) {
      features = Nd4j.create(DataType.FLOAT, convolutions.outputShape(images));
      // Some layers ask the network how large its batch is.
      network.setInput(features);
    }
    convolutions.compute(pixels, features);
    int last = network.getnLayers() - 1;
    return network.activateSelectedLayers(CONVOLUTIONS, last, features).dup('c').data().asFloat();
  }
}
