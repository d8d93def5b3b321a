// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.Throughput;

/**
 * The few figures that matter most.
 *
 * @param tiles in the order of their weight
 */
public record HeadlineView(List<Tile> tiles) {

  /**
   * One figure.
   *
   * @param name what it is
   * @param value the figure
   * @param note what it is out of, or what to make of it
   */
  public record Tile(String name, String value, String note) {}

  static Optional<HeadlineView> of(EvaluationReport report) {
    Evaluation evaluation = report.evaluation();
    Metrics metrics = report.metrics();
    if (metrics.images() == 0 && metrics.scored() == 0) {
      return Optional.empty();
    }
    List<Tile> tiles = new ArrayList<>();
    if (report.throughput() == null) {
      addLabelled(tiles, evaluation);
      addImages(tiles, metrics);
    } else {
      addNight(tiles, metrics, report.throughput());
      addLabelled(tiles, evaluation);
    }
    return Optional.of(new HeadlineView(tiles));
  }

  private static void addImages(List<Tile> tiles, Metrics metrics) {
    Numbers numbers = new Numbers();
    String rejected = numbers.count(metrics.images() - metrics.scored());
    tiles.add(new Tile("Images", numbers.count(metrics.images()), rejected + " could not be read"));
    if (metrics.scored() > 0) {
      tiles.add(part("Left to a person", metrics.reviewCount(), metrics.scored(), "those read"));
    }
  }

  private static void addNight(List<Tile> tiles, Metrics metrics, Throughput throughput) {
    Numbers numbers = new Numbers();
    if (metrics.fields() != null) {
      addNumbers(tiles, metrics, throughput);
      return;
    }
    long images = metrics.images();
    long automated = metrics.scored() - metrics.reviewCount();
    String archives = "in " + numbers.count(throughput.archives(), "archive");
    tiles.add(new Tile("Images", numbers.count(images), archives));
    tiles.add(part("Read by machine", automated, images, "all"));
    tiles.add(part("Left to a person", metrics.reviewCount(), images, "all"));
    tiles.add(part("Could not be read", images - metrics.scored(), images, "all"));
    tiles.add(
        new Tile(
            "Time",
            numbers.duration(throughput.seconds()),
            numbers.rate(throughput.imagesPerSecond()) + " images a second"));
  }

  private static void addNumbers(List<Tile> tiles, Metrics metrics, Throughput throughput) {
    Numbers numbers = new Numbers();
    long rejected = metrics.rejected().values().stream().mapToLong(Long::longValue).sum();
    // Where an image is a cell of a number, there are as many numbers as rows of them.
    boolean cells = metrics.images() != metrics.scored() + rejected;
    long all = cells ? metrics.scored() : metrics.images();
    long unread = cells ? notWhole(metrics) : rejected;
    String archives = "in " + numbers.count(throughput.archives(), "archive");
    tiles.add(new Tile("Numbers", numbers.count(all), archives));
    tiles.add(part("Read by machine", metrics.scored() - metrics.reviewCount(), all, "all"));
    tiles.add(part("Left to a person", metrics.reviewCount(), all, "all"));
    tiles.add(part("Could not be read", unread, all, "all"));
    tiles.add(
        new Tile(
            "Time",
            numbers.duration(throughput.seconds()),
            numbers.rate(all / throughput.seconds()) + " numbers a second"));
  }

  private static long notWhole(Metrics metrics) {
    return metrics.fields().values().stream()
        .mapToLong(field -> field.incomplete() + field.duplicate())
        .sum();
  }

  private static Tile part(String name, long count, long whole, String wholeName) {
    Numbers numbers = new Numbers();
    String share = numbers.percent((double) count / whole);
    return new Tile(name, numbers.count(count), share + " of " + wholeName);
  }

  private static void addLabelled(List<Tile> tiles, Evaluation evaluation) {
    if (evaluation.labelled() == 0) {
      return;
    }
    Numbers numbers = new Numbers();
    String labelled = "of " + numbers.count(evaluation.labelled(), "labelled " + evaluation.unit());
    tiles.add(new Tile("Accuracy", numbers.percent(evaluation.accuracy()), labelled));
    tiles.add(new Tile("Errors", numbers.count(evaluation.errors()), labelled));
    if (evaluation.fields().isEmpty()) {
      double macroF1 = evaluation.confusion().macroF1();
      tiles.add(new Tile("Macro F1", numbers.decimal(macroF1, 4), "mean over the digits"));
    }
    tiles.add(
        new Tile(
            "Calibration error",
            numbers.percent(evaluation.reliability().expectedCalibrationError()),
            "between confidence and accuracy"));
  }
}
