// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report.picture;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.digitrecognizer.evaluation.Automation;
import org.digitrecognizer.evaluation.EpochRecord;
import org.digitrecognizer.evaluation.OperatingPoint;
import org.digitrecognizer.evaluation.Reliability;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;

/** Draws the charts; what they say in words is given by the caller. */
public final class Charts {

  private static final String PERCENT = "0.###'\u2009%'";

  private Charts() {}

  /** Draws a figure over the epochs, and the same over the validation part where there is one. */
  public static ChartView overEpochs(
      String description,
      String axis,
      List<EpochRecord> epochs,
      ToDoubleFunction<EpochRecord> training,
      Function<EpochRecord, Double> validation) {
    double[] x = epochs.stream().mapToDouble(EpochRecord::epoch).toArray();
    double[] trained = epochs.stream().mapToDouble(training).toArray();
    boolean validated = epochs.stream().map(validation).allMatch(Objects::nonNull);
    return ChartView.draw(
        description,
        palette -> {
          XYChart chart = ChartStyle.lines(palette, "epoch", axis);
          ChartStyle.dotted(chart.addSeries("training", x, trained), palette.first);
          if (validated) {
            double[] held = epochs.stream().mapToDouble(validation::apply).toArray();
            ChartStyle.dotted(chart.addSeries("validation", x, held), palette.second);
          }
          chart.getStyler().setXAxisDecimalPattern("0").setMarkerSize(5);
          chart.getStyler().setXAxisTickMarkSpacingHint(60);
          chart.getStyler().setYAxisDecimalPattern("0.####");
          return chart;
        },
        validated
            ? new ChartView.Key[] {
              new ChartView.Key("first line", "training"),
              new ChartView.Key("second line", "validation")
            }
            : new ChartView.Key[] {new ChartView.Key("first line", "training")});
  }

  /** Draws accuracy by confidence, against the line on which both are the same. */
  public static ChartView reliability(String description, List<Reliability.Bin> bins) {
    return ChartView.draw(
        description,
        palette -> {
          XYChart chart = ChartStyle.lines(palette, "confidence", "accuracy");
          bins.stream().filter(bin -> bin.count() > 0).forEach(bin -> bar(chart, bin, palette));
          double[] ends = {0, 100};
          ChartStyle.line(
              chart.addSeries("the same", ends, ends), palette.second, ChartStyle.DASHED);
          chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0).setYAxisDecimalPattern(PERCENT);
          chart.getStyler().setXAxisMin(0.0).setXAxisMax(100.0).setXAxisDecimalPattern(PERCENT);
          return chart;
        },
        new ChartView.Key("first bar", "accuracy"),
        new ChartView.Key("second dashed", "as right as sure"));
  }

  /**
   * Draws how the error of what is read by machine falls with the share that goes to a person.
   *
   * @param points at least one
   */
  public static ChartView automation(
      String description, Automation automation, List<OperatingPoint> points) {
    double[] review = percents(points, OperatingPoint::reviewShare);
    double[] ends = {0, DoubleStream.of(review).max().orElse(0)};
    double[] target = {100 * automation.targetError(), 100 * automation.targetError()};
    return ChartView.draw(
        description,
        palette -> {
          XYChart chart = ChartStyle.lines(palette, "left to a person", "error rate of the rest");
          ChartStyle.line(
              chart.addSeries("target", ends, target), palette.guide, ChartStyle.DASHED);
          ChartStyle.line(
              chart.addSeries("bound", review, percents(points, OperatingPoint::errorBound)),
              palette.first,
              ChartStyle.DOTTED);
          ChartStyle.line(
              chart.addSeries("error", review, percents(points, OperatingPoint::errorRate)),
              palette.first,
              ChartStyle.SOLID);
          automation.chosen().ifPresent(chosen -> mark(chart, chosen, palette));
          chart.getStyler().setXAxisMin(0.0).setYAxisMin(0.0);
          chart.getStyler().setXAxisDecimalPattern(PERCENT).setYAxisDecimalPattern(PERCENT);
          return chart;
        },
        automationKeys(automation));
  }

  /**
   * Draws counts as bars.
   *
   * @param unit what is counted, in the singular
   * @param logarithmic for counts of which one dwarfs the others
   */
  public static ChartView counts(
      String description,
      String axis,
      String unit,
      List<String> names,
      List<Long> counts,
      boolean logarithmic) {
    // There is no place for 0 on a logarithmic axis, and no bar for null.
    List<Long> shown = counts.stream().map(n -> n == 0 && logarithmic ? null : n).toList();
    return ChartView.draw(
        description,
        palette -> {
          CategoryChart chart = ChartStyle.bars(palette, axis, unit + "s");
          chart.addSeries(unit + "s", names, shown).setFillColor(palette.first);
          chart.getStyler().setYAxisMin(logarithmic ? 0.5 : 0.0).setYAxisLogarithmic(logarithmic);
          chart.getStyler().setPlotGridLinesVisible(!logarithmic);
          chart.getStyler().setYAxisDecimalPattern("#,##0").setXAxisMaxLabelCount(names.size());
          return chart;
        });
  }

  private static ChartView.Key[] automationKeys(Automation automation) {
    boolean counted = automation.basis() == Automation.Basis.LABELS;
    ChartView.Key error =
        new ChartView.Key("first line", counted ? "error found" : "error expected");
    ChartView.Key target = new ChartView.Key("guide dashed", "target");
    ChartView.Key chosen = new ChartView.Key("second dot", "chosen threshold");
    return counted
        ? new ChartView.Key[] {
          error, new ChartView.Key("first dotted", "at most, 95\u00a0%"), target, chosen
        }
        : new ChartView.Key[] {error, target, chosen};
  }

  private static void mark(XYChart chart, OperatingPoint chosen, Palette palette) {
    double[] x = {100 * chosen.reviewShare()};
    double[] y = {100 * chosen.errorBound()};
    ChartStyle.dotted(chart.addSeries("chosen", x, y), palette.second);
  }

  private static double[] percents(
      List<OperatingPoint> points, ToDoubleFunction<OperatingPoint> share) {
    return points.stream().mapToDouble(point -> 100 * share.applyAsDouble(point)).toArray();
  }

  private static void bar(XYChart chart, Reliability.Bin bin, Palette palette) {
    double[] x = {100 * bin.from(), 100 * bin.from(), 100 * bin.to(), 100 * bin.to()};
    double[] y = {0, 100 * bin.accuracy(), 100 * bin.accuracy(), 0};
    ChartStyle.area(chart.addSeries("from " + bin.from(), x, y), palette.first);
  }
}
