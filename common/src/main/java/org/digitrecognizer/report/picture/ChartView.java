// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Function;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A chart, drawn once for light and once for dark paper.
 *
 * @param light the picture's address; null if charts cannot be drawn here
 * @param dark the same chart on dark paper
 * @param description what a person who cannot see the chart should know
 * @param keys what its lines and bars mean
 */
public record ChartView(String light, String dark, String description, List<Key> keys) {

  /**
   * What one line or bar means.
   *
   * @param style name of its look in style.css, which is that of the series in the picture
   * @param meaning in a word or two
   */
  public record Key(String style, String meaning) {}

  /** Width in CSS pixels. */
  public static final int WIDTH = 560;

  /** Height in CSS pixels. */
  public static final int HEIGHT = 350;

  /** Pixels to a CSS pixel, so that it is crisp on a fine screen. */
  private static final int SCALE = 2;

  static ChartView draw(String description, Function<Palette, Chart<?, ?>> chart, Key... keys) {
    boolean possible = Fonts.available();
    return new ChartView(
        possible ? picture(chart.apply(Palette.LIGHT)) : null,
        possible ? picture(chart.apply(Palette.DARK)) : null,
        description,
        List.of(keys));
  }

  private static String picture(Chart<?, ?> chart) {
    BufferedImage image =
        new BufferedImage(WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.scale(SCALE, SCALE);
    chart.paint(graphics, WIDTH, HEIGHT);
    graphics.dispose();
    return Picture.of(image);
  }
}
