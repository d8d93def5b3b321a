// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights of a network's first convolution as pictures. */
public final class Filters {

  private static final Color POSITIVE = new Color(0x2367a8);
  private static final Color NEGATIVE = new Color(0xc8572a);

  private Filters() {}

  /**
   * Returns the filters, each a picture of a pixel a weight: blue where it looks for ink, orange
   * where for paper, the stronger the more; the strongest weight of all has the full colour.
   *
   * @param network whose first layer is a convolution of one channel
   */
  public static List<BufferedImage> ofFirstLayer(MultiLayerNetwork network) {
    // [filters, channels, rows, columns]
    INDArray weights = network.getLayer(0).getParam("W");
    double most = weights.amaxNumber().doubleValue();
    List<BufferedImage> pictures = new ArrayList<>();
    for (long filter = 0; filter < weights.size(0); filter++) {
      pictures.add(picture(weights, filter, most));
    }
    return pictures;
  }

  private static BufferedImage picture(INDArray weights, long filter, double most) {
    int rows = (int) weights.size(2);
    int columns = (int) weights.size(3);
    BufferedImage picture = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double weight = weights.getDouble(filter, 0, row, column);
        Color colour = HeatMap.mix(weight > 0 ? POSITIVE : NEGATIVE, Math.abs(weight) / most);
        picture.setRGB(column, row, colour.getRGB());
      }
    }
    return picture;
  }
}
