package org.digitrecognizer.jobs.score.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.evaluation.RejectSamples;
import org.digitrecognizer.evaluation.TopSpecimens;
import org.digitrecognizer.evaluation.TopSpecimens.Ranking;
import org.digitrecognizer.reading.Place;

/** What a report shows as pictures: the least certain, the worst mistakes, samples of rejects. */
public final class Pictures {

  static final int LEAST_CERTAIN = 500;
  static final int MISTAKES = 60;
  static final int REJECTS_A_REASON = 6;

  private final TopSpecimens leastCertain;
  private final TopSpecimens mistakes = new TopSpecimens(Ranking.WORST_MISTAKES, MISTAKES);
  private final RejectSamples rejects = new RejectSamples(REJECTS_A_REASON);

  /** Any reading may be among the least certain. */
  Pictures() {
    this(1);
  }

  /**
   * @param bound a reading surer than this is not among the least certain, 0..1
   */
  public Pictures(double bound) {
    leastCertain = new TopSpecimens(Ranking.LEAST_CERTAIN, LEAST_CERTAIN, OptionalDouble.of(bound));
  }

  public void read(
      Place place, DigitImage image, GreyImage scan, Reading reading, OptionalInt truth) {
    String source = place.source();
    leastCertain.offer(source, image, reading, truth, () -> Optional.of(scan));
    mistakes.offer(source, image, reading, truth, () -> Optional.of(scan));
  }

  public void rejected(Place place, Rejection rejection, GreyImage scan) {
    rejects.add(place.source(), rejection, () -> Optional.ofNullable(scan));
  }

  void merge(Pictures other) {
    leastCertain.merge(other.leastCertain);
    mistakes.merge(other.mistakes);
    rejects.merge(other.rejects);
  }

  public boolean isEmpty() {
    return leastCertain.ranked().isEmpty()
        && mistakes.ranked().isEmpty()
        && rejects.byReason().isEmpty();
  }

  /** Returns all but those of some files. */
  Pictures without(Set<String> files) {
    if (files.isEmpty()) {
      return this;
    }
    Pictures rest = new Pictures();
    leastCertain.ranked().stream()
        .filter(specimen -> !isOf(specimen.source(), files))
        .forEach(rest.leastCertain::offer);
    mistakes.ranked().stream()
        .filter(specimen -> !isOf(specimen.source(), files))
        .forEach(rest.mistakes::offer);
    rejects.byReason().values().stream()
        .flatMap(List::stream)
        .filter(rejected -> !isOf(rejected.source(), files))
        .forEach(rest.rejects::add);
    return rest;
  }

  private static boolean isOf(String source, Set<String> files) {
    return files.stream()
        .anyMatch(
            file ->
                source.equals(file)
                    || source.startsWith(file + "!/")
                    || source.startsWith(file + "#"));
  }

  TopSpecimens leastCertain() {
    return leastCertain;
  }

  TopSpecimens mistakes() {
    return mistakes;
  }

  RejectSamples rejects() {
    return rejects;
  }
}
