// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.List;
import java.util.Optional;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.specimen.Specimen;
import org.digitrecognizer.report.picture.Picture;

/**
 * Digits as pictures, with what was read.
 *
 * @param summary what is shown, in one sentence
 * @param items in the order in which they are shown
 */
public record GalleryView(String summary, List<Item> items) {

  /** As much of a source as stands on a line below a picture. */
  private static final int SOURCE_LENGTH = 18;

  /**
   * One digit.
   *
   * @param scan address of what the picture was made from; empty if it is not known
   * @param picture address of what the network saw
   * @param source where it comes from
   * @param read the digit read
   * @param confidence its probability, 0..1
   * @param second the second most probable digit
   * @param secondConfidence its probability, 0..1
   * @param truth the true digit; empty if it is not known
   */
  public record Item(
      String scan,
      String picture,
      SourceName source,
      int read,
      double confidence,
      int second,
      double secondConfidence,
      String truth) {

    static Item of(Specimen specimen) {
      Reading reading = specimen.reading();
      return new Item(
          specimen.scan().map(Picture::of).orElse(""),
          Picture.of(specimen.image()),
          SourceName.last(specimen.source(), SOURCE_LENGTH),
          reading.digit(),
          reading.confidence(),
          reading.second(),
          reading.probabilities()[reading.second()],
          specimen.truth().isPresent() ? "" + specimen.truth().getAsInt() : "");
    }
  }

  /** Returns whether some have a scan. */
  public boolean scans() {
    return items.stream().anyMatch(item -> !item.scan().isEmpty());
  }

  static Optional<GalleryView> mistakes(EvaluationReport report) {
    long errors = report.evaluation().confusion().errors();
    int shown = report.mistakes().size();
    if (shown == 0) {
      return errors == 0 ? Optional.empty() : Optional.of(withoutPictures(errors));
    }
    String of = errors > shown ? " of " + new Numbers().count(errors) : "";
    String summary = shown + of + " wrong readings, the surest of them first.";
    return Optional.of(new GalleryView(summary, report.mistakes().stream().map(Item::of).toList()));
  }

  /** Pictures are kept while scans are read, of readings that are known to be wrong then. */
  private static GalleryView withoutPictures(long errors) {
    return new GalleryView(
        new Numbers().count(errors, "wrong reading")
            + "; no pictures were kept, since the labels came after the reading.",
        List.of());
  }
}
