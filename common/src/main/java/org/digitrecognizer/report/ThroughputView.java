// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.List;
import java.util.Optional;
import org.digitrecognizer.evaluation.Throughput;
import org.digitrecognizer.report.HeadlineView.Tile;

/**
 * How much was read in what time.
 *
 * @param tiles the figures
 * @param outlook what that comes to in a night; empty if it cannot be told
 */
public record ThroughputView(List<Tile> tiles, String outlook) {

  private static final int NIGHT_HOURS = 8;

  /** Seconds from which on a night can be foretold. */
  private static final int ENOUGH = 60;

  static Optional<ThroughputView> of(EvaluationReport report) {
    return Optional.ofNullable(report.throughput()).map(ThroughputView::of);
  }

  private static ThroughputView of(Throughput throughput) {
    Numbers numbers = new Numbers();
    double rate = throughput.imagesPerSecond();
    boolean known = !Double.isNaN(rate);
    List<Tile> tiles =
        List.of(
            new Tile("Archives", numbers.count(throughput.archives()), "or single files"),
            new Tile("Size", numbers.bytes(throughput.bytes()), "as they are stored"),
            new Tile("Time", numbers.duration(throughput.seconds()), "of reading"),
            new Tile("Images", numbers.rate(rate), "a second"),
            new Tile(
                "Bytes",
                known ? numbers.bytes(Math.round(throughput.bytesPerSecond())) : numbers.rate(rate),
                "a second"));
    String outlook =
        known && throughput.seconds() >= ENOUGH
            ? String.format(
                "At this rate, a night of %d hours is enough for some %s.",
                NIGHT_HOURS, numbers.count(numbers.rounded(rate * NIGHT_HOURS * 3600), "image"))
            : "";
    return new ThroughputView(tiles, outlook);
  }
}
