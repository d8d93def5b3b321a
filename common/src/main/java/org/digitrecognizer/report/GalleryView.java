package org.digitrecognizer.report;

import java.util.List;
import java.util.Optional;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.Specimen;

/**
 * Digits as pictures, with what was read.
 *
 * @param summary what is shown, in one sentence
 * @param items in the order in which they are shown
 */
public record GalleryView(String summary, List<Item> items) {

  /**
   * One digit.
   *
   * @param picture address of what the network saw
   * @param source where it comes from
   * @param read the digit read
   * @param confidence its probability, 0..1
   * @param second the second most probable digit
   * @param secondConfidence its probability, 0..1
   * @param truth the true digit; empty if it is not known
   */
  public record Item(
      String picture,
      String source,
      int read,
      double confidence,
      int second,
      double secondConfidence,
      String truth) {

    static Item of(Specimen specimen) {
      Reading reading = specimen.reading();
      return new Item(
          Picture.of(specimen.image()),
          specimen.source(),
          reading.digit(),
          reading.confidence(),
          reading.second(),
          reading.probabilities()[reading.second()],
          specimen.truth().isPresent() ? "" + specimen.truth().getAsInt() : "");
    }
  }

  static Optional<GalleryView> mistakes(EvaluationReport report) {
    long errors = report.evaluation().confusion().errors();
    int shown = report.mistakes().size();
    String of = errors > shown ? " of " + new Numbers().count(errors) : "";
    return view(shown + of + " wrong readings, the surest of them first.", report.mistakes());
  }

  static Optional<GalleryView> leastCertain(EvaluationReport report) {
    int shown = report.leastCertain().size();
    String of = " of " + new Numbers().count(report.evaluation().scored(), "digit");
    return view("The " + shown + of + " with the lowest confidence.", report.leastCertain());
  }

  private static Optional<GalleryView> view(String summary, List<Specimen> specimens) {
    return specimens.isEmpty()
        ? Optional.empty()
        : Optional.of(new GalleryView(summary, specimens.stream().map(Item::of).toList()));
  }
}
