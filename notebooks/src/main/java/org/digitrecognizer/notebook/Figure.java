// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayDataRenderable;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.knowm.xchart.internal.chartpart.Chart;

/** A picture in a notebook. A cell that ends with one shows it. */
public final class Figure implements DisplayDataRenderable {

  /** Pixels to a CSS pixel, so that it is crisp on a fine screen. */
  static final int SCALE = 2;

  private final BufferedImage image;

  private Figure(BufferedImage image) {
    this.image = image;
  }

  /** Returns a chart as a picture, in its own size. */
  public static Figure of(Chart<?, ?> chart) {
    return draw(
        chart.getWidth(),
        chart.getHeight(),
        graphics -> chart.paint(graphics, chart.getWidth(), chart.getHeight()));
  }

  /** Returns figures side by side. */
  public static Figure row(Figure... figures) {
    int width = Arrays.stream(figures).mapToInt(Figure::width).sum();
    int height = Arrays.stream(figures).mapToInt(Figure::height).max().orElse(0);
    return draw(
        width,
        height,
        graphics -> {
          int x = 0;
          for (Figure figure : figures) {
            graphics.drawImage(figure.image, x, 0, figure.width(), figure.height(), null);
            x += figure.width();
          }
        });
  }

  /**
   * Draws a picture on white paper.
   *
   * @param width in CSS pixels, as are the coordinates that are drawn to
   * @param height in CSS pixels
   */
  static Figure draw(int width, int height, Consumer<Graphics2D> drawing) {
    BufferedImage image =
        new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.scale(SCALE, SCALE);
    graphics.setColor(java.awt.Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    drawing.accept(graphics);
    graphics.dispose();
    return new Figure(image);
  }

  /** Returns the width in CSS pixels. */
  int width() {
    return image.getWidth() / SCALE;
  }

  /** Returns the height in CSS pixels. */
  int height() {
    return image.getHeight() / SCALE;
  }

  BufferedImage image() {
    return image;
  }

  @Override
  public void render(RenderContext context) {
    context
        .getOutputContainer()
        .putData(MIMEType.IMAGE_PNG, png(), Map.of("width", width(), "height", height()));
  }

  private String png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a PNG to memory", e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  @Override
  public String toString() {
    return "A picture of " + width() + " by " + height() + " pixels";
  }
}
