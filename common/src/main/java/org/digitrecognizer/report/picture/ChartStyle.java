// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What all charts look like, those of the notebooks too: little ink besides the data. */
public final class ChartStyle {

  /** Of what was measured. */
  public static final BasicStroke SOLID = stroke(2f);

  /** Of what it is compared with. */
  public static final BasicStroke DASHED = stroke(1.5f, 5f, 4f);

  static final BasicStroke DOTTED = stroke(1.5f, 1.5f, 4f);

  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 15);

  private ChartStyle() {}

  /** Returns an empty chart for lines, without legend. */
  public static XYChart lines(Palette palette, String xTitle, String yTitle) {
    XYChart chart =
        new XYChartBuilder()
            .width(ChartView.WIDTH)
            .height(ChartView.HEIGHT)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    apply(chart.getStyler(), palette);
    return chart;
  }

  /** Returns an empty chart for bars, without legend. */
  public static CategoryChart bars(Palette palette, String xTitle, String yTitle) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(ChartView.WIDTH)
            .height(ChartView.HEIGHT)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    apply(chart.getStyler(), palette);
    chart.getStyler().setPlotGridVerticalLinesVisible(false);
    chart.getStyler().setAvailableSpaceFill(0.86);
    return chart;
  }

  /** Makes a series a plain line. */
  public static void line(XYSeries series, Color color, BasicStroke stroke) {
    series.setMarker(SeriesMarkers.NONE).setLineColor(color).setLineStyle(stroke);
  }

  /** Makes a series a line with a dot at each value. */
  public static void dotted(XYSeries series, Color color) {
    series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color);
    series.setLineStyle(SOLID).setLineColor(color);
  }

  /** Makes a series an outline with a light filling. */
  static void area(XYSeries series, Color color) {
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area).setMarker(SeriesMarkers.NONE);
    series.setLineStyle(SOLID).setLineColor(color);
    series.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 60));
  }

  private static void apply(AxesChartStyler styler, Palette palette) {
    styler.setLocale(Locale.ROOT);
    styler.setBaseFont(FONT).setAntiAlias(true).setTextAntiAlias(true);
    styler.setChartBackgroundColor(palette.paper).setPlotBackgroundColor(palette.paper);
    styler.setChartFontColor(palette.text).setPlotBorderVisible(false).setChartPadding(6);
    styler.setChartTitleVisible(false);
    styler.setLegendVisible(false);
    styler.setAxisTitleFont(FONT);
    styler.setAxisTickLabelsFont(FONT);
    styler.setXAxisTitleColor(palette.text).setYAxisTitleColor(palette.text);
    styler.setAxisTickLabelsColor(palette.text);
    styler.setAxisTicksLineVisible(false);
    styler.setAxisTicksMarksVisible(false);
    styler.setPlotGridLinesColor(palette.grid);
    styler.setPlotGridLinesStroke(stroke(1f));
    styler.setPlotMargin(0);
    styler.setYAxisTickMarkSpacingHint(44);
  }

  private static BasicStroke stroke(float width, float... dash) {
    return new BasicStroke(
        width,
        BasicStroke.CAP_ROUND,
        BasicStroke.JOIN_ROUND,
        1f,
        dash.length == 0 ? null : dash,
        0f);
  }
}
