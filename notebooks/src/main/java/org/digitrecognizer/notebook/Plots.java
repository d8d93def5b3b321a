// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.notebook;

import java.awt.Color;
import java.util.List;
import org.digitrecognizer.report.picture.ChartStyle;
import org.digitrecognizer.report.picture.Palette;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Charts in the look of the reports: those of XChart, so whatever it offers can be changed. */
public final class Plots {

  private static final List<Color> COLOURS =
      List.of(Palette.LIGHT.first, Palette.LIGHT.second, Palette.LIGHT.guide);

  private Plots() {}

  /** Returns an empty chart for lines. */
  public static XYChart lines(String xTitle, String yTitle) {
    return named(ChartStyle.lines(Palette.LIGHT, xTitle, yTitle));
  }

  /** Returns an empty chart for bars. */
  public static CategoryChart bars(String xTitle, String yTitle) {
    CategoryChart chart = ChartStyle.bars(Palette.LIGHT, xTitle, yTitle);
    named(chart.getStyler());
    return chart;
  }

  /** Adds a line with a dot at each value. */
  public static XYChart dotted(XYChart chart, String name, double[] x, double[] y) {
    Color colour = colour(chart.getSeriesCollection().size());
    ChartStyle.dotted(chart.addSeries(name, x, y), colour);
    chart.getStyler().setMarkerSize(5);
    return chart;
  }

  /** Adds a line. */
  public static XYChart line(XYChart chart, String name, double[] x, double[] y) {
    Color colour = colour(chart.getSeriesCollection().size());
    ChartStyle.line(chart.addSeries(name, x, y), colour, ChartStyle.SOLID);
    return chart;
  }

  /** Adds a dashed line that only guides the eye. */
  public static XYChart guide(XYChart chart, String name, double[] x, double[] y) {
    XYSeries series = chart.addSeries(name, x, y);
    ChartStyle.line(series, Palette.LIGHT.guide, ChartStyle.DASHED);
    return chart;
  }

  /** Adds bars. */
  public static CategoryChart bars(
      CategoryChart chart, String name, List<?> categories, List<? extends Number> values) {
    Color colour = colour(chart.getSeriesCollection().size());
    chart.addSeries(name, categories, values).setFillColor(colour);
    chart.getStyler().setXAxisMaxLabelCount(categories.size());
    return chart;
  }

  private static XYChart named(XYChart chart) {
    named(chart.getStyler());
    return chart;
  }

  private static void named(AxesChartStyler styler) {
    styler.setLegendVisible(true).setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal).setLegendBorderColor(Palette.LIGHT.paper);
    styler.setLegendFont(styler.getAxisTickLabelsFont());
    styler.setLegendBackgroundColor(Palette.LIGHT.paper);
  }

  private static Color colour(int series) {
    return COLOURS.get(series % COLOURS.size());
  }
}
