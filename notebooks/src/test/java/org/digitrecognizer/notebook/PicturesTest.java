// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.evaluation.ConfusionMatrix;
import org.digitrecognizer.model.DigitNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pictures, as a notebook gets them. */
class PicturesTest {

  @Test
  void aFigureIsShownAsAWholePngInItsSize() throws IOException {
    Figure figure = Figure.draw(30, 20, graphics -> graphics.drawLine(0, 0, 1, 1));
    DisplayData shown = new Renderer().render(figure);
    byte[] png = Base64.getDecoder().decode((String) shown.getData(MIMEType.IMAGE_PNG));
    assertThat(new String(png, png.length - 8, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("IEND");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(60);
    assertThat(image.getHeight()).isEqualTo(40);
    assertThat(shown.getData(MIMEType.TEXT_PLAIN)).isEqualTo("A picture of 30 by 20 pixels");
  }

  @Test
  void aChartKeepsItsSizeAndARowAddsWidths() {
    var chart = Plots.lines("epoch", "loss");
    Plots.dotted(chart, "training", new double[] {1, 2}, new double[] {0.3, 0.1});
    Figure figure = Figure.of(chart);
    assertThat(figure.width()).isEqualTo(560);
    Figure row = Figure.row(figure, Figure.draw(40, 400, graphics -> {}));
    assertThat(row.width()).isEqualTo(600);
    assertThat(row.height()).isEqualTo(400);
    assertThat(pixels(figure)).contains(0x2367a8);
  }

  @Test
  void aSheetShowsInkDarkAndEachPictureInItsPlace() {
    byte[] ink = new byte[DigitImage.SIZE];
    java.util.Arrays.fill(ink, (byte) 255);
    Figure sheet =
        new Sheet(2, 28)
            .add(DigitImage.of(new byte[DigitImage.SIZE]), "")
            .add(DigitImage.of(ink), "")
            .add(new GreyImage(1, 1, new byte[] {(byte) 128}), "")
            .figure();
    assertThat(sheet.width()).isEqualTo(80);
    assertThat(sheet.height()).isEqualTo(80);
    assertThat(colour(sheet, 22, 22)).as("paper").isEqualTo(Color.WHITE);
    assertThat(colour(sheet, 58, 22)).as("ink").isEqualTo(Color.BLACK);
    assertThat(colour(sheet, 22, 58).getRed()).as("a scan is not inverted").isBetween(120, 190);
    assertThat(colour(sheet, 58, 58)).as("no fourth picture").isEqualTo(Color.WHITE);
  }

  @Test
  void aHeatMapIsStrongestWhereMostIsWrong() {
    ConfusionMatrix confusion = new ConfusionMatrix();
    for (int i = 0; i < 100; i++) {
      confusion.add(3, 3);
    }
    for (int i = 0; i < 4; i++) {
      confusion.add(7, 1);
    }
    confusion.add(1, 7);
    Figure map = HeatMap.of(confusion);
    assertThat(cell(map, 7, 1)).isEqualTo(new Color(0xc8572a));
    assertThat(cell(map, 1, 7)).isEqualTo(HeatMap.mix(new Color(0xc8572a), 0.5));
    assertThat(cell(map, 0, 1)).isEqualTo(Color.WHITE);
    assertThat(cell(map, 3, 3)).isEqualTo(new Color(0xdce8f4));
  }

  @Test
  void filtersAreBlueForInkAndOrangeForPaper() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(DigitNetwork.configuration(DigitNetwork.Options.keras(1)));
    network.init();
    INDArray weights = network.getLayer(0).getParam("W");
    weights.assign(0);
    weights.putScalar(new long[] {5, 0, 0, 2}, 0.5);
    weights.putScalar(new long[] {5, 0, 1, 0}, -0.25);
    List<BufferedImage> filters = Filters.ofFirstLayer(network);
    assertThat(filters).hasSize(32);
    BufferedImage filter = filters.get(5);
    assertThat(new Color(filter.getRGB(2, 0))).isEqualTo(new Color(0x2367a8));
    assertThat(new Color(filter.getRGB(0, 1))).isEqualTo(HeatMap.mix(new Color(0xc8572a), 0.5));
    assertThat(new Color(filter.getRGB(1, 1))).isEqualTo(Color.WHITE);
    assertThat(new Color(filters.get(4).getRGB(2, 0))).isEqualTo(Color.WHITE);
  }

  /** The upper left of a cell, where no count stands. */
  private static Color cell(Figure map, int truth, int read) {
    return colour(map, 52 + read * 44 + 3, 52 + truth * 44 + 3);
  }

  private static Color colour(Figure figure, int x, int y) {
    return new Color(figure.image().getRGB(x * Figure.SCALE, y * Figure.SCALE));
  }

  private static int[] pixels(Figure figure) {
    BufferedImage image = figure.image();
    int[] colours =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return java.util.Arrays.stream(colours).map(colour -> colour & 0xffffff).toArray();
  }
}
