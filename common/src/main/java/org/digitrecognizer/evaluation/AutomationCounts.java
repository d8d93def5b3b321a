// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.digitrecognizer.evaluation.Automation.Basis;

/**
 * Readings by confidence, so finely that any threshold's error can be told afterwards without the
 * readings: 100 kB whatever their number.
 */
final class AutomationCounts implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int NO_BIN = -1;

  /** A sample so many times as large as one without a mistake passes with one. */
  private static final double FORGIVING = 1.5;

  private final long[] readings = new long[ConfidenceBins.COUNT];
  private final long[] labelled = new long[ConfidenceBins.COUNT];
  private final long[] wrong = new long[ConfidenceBins.COUNT];
  private final long[] doubtUnits = new long[ConfidenceBins.COUNT];

  /** What goes to a person whatever the threshold. */
  private long never;

  /** Counts a reading of which the truth is not known. */
  void add(double confidence) {
    double checked = Counts.checkedConfidence(confidence);
    int bin = ConfidenceBins.index(checked);
    readings[bin]++;
    doubtUnits[bin] += Counts.units(1 - checked);
  }

  /** Counts a reading of which the truth is known. */
  void add(double confidence, boolean correct) {
    add(confidence);
    int bin = ConfidenceBins.index(Math.min(confidence, 1));
    labelled[bin]++;
    wrong[bin] += correct ? 0 : 1;
  }

  /** Counts what no threshold lets stand. */
  void addNever() {
    never++;
  }

  void merge(AutomationCounts other) {
    never += other.never;
    Counts.addTo(readings, other.readings);
    Counts.addTo(labelled, other.labelled);
    Counts.addTo(wrong, other.wrong);
    Counts.addTo(doubtUnits, other.doubtUnits);
  }

  Automation automation(Basis basis, double targetError) {
    List<OperatingPoint> all = operatingPoints(basis, NO_BIN);
    Optional<OperatingPoint> chosen = chosen(all, basis, targetError);
    return new Automation(basis, targetError, curve(all, chosen), chosen);
  }

  /** As {@link Evaluation#automation(double, Double)}. */
  Automation automation(double targetError, Double threshold) {
    int bin = threshold == null ? NO_BIN : ConfidenceBins.lastWithin(threshold);
    List<OperatingPoint> all = operatingPoints(Basis.CALIBRATION, bin);
    Optional<OperatingPoint> chosen =
        all.stream().filter(point -> isOf(bin, point.threshold())).findFirst();
    return new Automation(Basis.CALIBRATION, targetError, curve(all, chosen), chosen);
  }

  private static boolean isOf(int bin, double threshold) {
    return bin != NO_BIN && threshold == ConfidenceBins.threshold(bin);
  }

  /**
   * Chooses the lowest threshold that keeps the target. Where errors are counted in a sample, the
   * thresholds are tested in a fixed sequence, from one that the sample's size alone says down, and
   * the first that fails ends it: so the bound, which is that of a single test, still holds for the
   * chosen one (Angelopoulos et al., Learn then Test, 2021, section 2.2, arXiv 2110.01052).
   */
  private static Optional<OperatingPoint> chosen(
      List<OperatingPoint> all, Basis basis, double targetError) {
    Predicate<OperatingPoint> keeps = point -> point.errorBound() <= targetError;
    Stream<OperatingPoint> candidates =
        basis == Basis.LABELS
            ? all.subList(start(all, targetError), all.size()).stream().takeWhile(keeps)
            : all.stream().filter(keeps);
    return candidates.reduce((higher, lower) -> lower);
  }

  /** The highest threshold with labels enough to forgive a mistake; else the lowest of all. */
  private static int start(List<OperatingPoint> all, double targetError) {
    double enough = FORGIVING * Wilson.sampleWithoutHits(targetError);
    int start = 0;
    while (start < all.size() - 1 && all.get(start).labelled() < enough) {
      start++;
    }
    return start;
  }

  /**
   * Returns one for each bin that holds readings, from the highest threshold to the lowest.
   *
   * @param asked a bin that gets one in any case; {@link #NO_BIN} for none
   */
  private List<OperatingPoint> operatingPoints(Basis basis, int asked) {
    long total = LongStream.of(readings).sum() + never;
    List<OperatingPoint> points = new ArrayList<>();
    Sums sums = new Sums();
    for (int i = 0; i < ConfidenceBins.COUNT; i++) {
      if (readings[i] > 0 || i == asked) {
        sums.addBin(i);
        points.add(sums.point(basis, ConfidenceBins.threshold(i), total));
      }
    }
    return points;
  }

  /** Thins the points to the last before each coarse edge, and keeps the chosen one. */
  private static List<OperatingPoint> curve(
      List<OperatingPoint> all, Optional<OperatingPoint> chosen) {
    List<OperatingPoint> curve = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      boolean last = i == all.size() - 1;
      if (last
          || octavePart(all.get(i)) != octavePart(all.get(i + 1))
          || chosen.filter(all.get(i)::equals).isPresent()) {
        curve.add(all.get(i));
      }
    }
    return curve;
  }

  private static int octavePart(OperatingPoint point) {
    return ConfidenceBins.coarse(ConfidenceBins.index(point.threshold()));
  }

  /** What is at or above a threshold. */
  private final class Sums {
    private long automated;
    private long sample;
    private long errors;
    private long doubt;

    void addBin(int i) {
      automated += readings[i];
      sample += labelled[i];
      errors += wrong[i];
      doubt += doubtUnits[i];
    }

    OperatingPoint point(Basis basis, double threshold, long total) {
      boolean counted = basis == Basis.LABELS;
      double rate = counted ? (double) errors / sample : Counts.fromUnits(doubt) / automated;
      double bound = counted ? Wilson.upperBound(errors, sample) : rate;
      return new OperatingPoint(
          threshold, automated, total - automated, sample, errors, rate, bound);
    }
  }
}
