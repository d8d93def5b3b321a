// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.List;
import java.util.Optional;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.evaluation.ConflictCounts;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.NumberOutcome.Kind;
import org.digitrecognizer.evaluation.OperatingPoint;
import org.digitrecognizer.evaluation.specimen.NumberSpecimen;
import org.digitrecognizer.evaluation.specimen.NumberSpecimen.Piece;
import org.digitrecognizer.report.picture.Picture;

/**
 * The numbers for a person to check, each as its image with what was read below each piece.
 *
 * @param summary which numbers they are
 * @param review the file that lists them all; null if there is none
 * @param first those that are in sight at once
 * @param rest those that are folded away
 */
public record NumbersView(String summary, Link review, List<Item> first, List<Item> rest) {

  private static final int IN_SIGHT = 60;

  /** As much of a source as stands on a line below a picture. */
  private static final int SOURCE_LENGTH = 40;

  /** Height of the line of digits below an image, as a share of a common image's width. */
  private static final double LINE = 0.11;

  /**
   * A number.
   *
   * @param picture address of its image
   * @param width of the image in pixels
   * @param height of the image in pixels
   * @param line height of the line below the image, in pixels
   * @param digits with where each stands
   * @param number what was read, or a dash
   * @param confidence 0..1
   * @param second the second choice; empty if there is none
   * @param secondConfidence 0..1
   * @param truth the true number; empty if it is not known
   * @param why it goes to a person
   * @param source where it comes from
   */
  public record Item(
      String picture,
      int width,
      int height,
      int line,
      List<Digit> digits,
      String number,
      double confidence,
      String second,
      double secondConfidence,
      String truth,
      String why,
      SourceName source) {

    static Item of(NumberSpecimen number) {
      return of(number, why(number));
    }

    /** Returns one whose fault is said above it: there stands where it is on which sheet. */
    static Item inConflict(NumberSpecimen number) {
      return of(number, number.field() + " of " + number.sheet());
    }

    private static Item of(NumberSpecimen number, String why) {
      GreyImage picture = number.picture();
      int line = (int) Math.ceil(Math.max(picture.width() * LINE, 8));
      return new Item(
          Picture.of(picture),
          picture.width(),
          picture.height(),
          line,
          number.pieces().stream().map(Digit::of).toList(),
          number.number() == null ? "–" : number.number(),
          number.confidence(),
          number.second() == null ? "" : number.second(),
          number.secondConfidence(),
          number.truth() == null ? "" : number.truth(),
          why,
          SourceName.last(number.source(), SOURCE_LENGTH));
    }

    private static String why(NumberSpecimen number) {
      if (number.kind() == Kind.INCOMPLETE) {
        return "a digit is missing, or could not be read";
      }
      if (number.kind() == Kind.DUPLICATE) {
        return "a digit is there more than once";
      }
      if (number.number() == null) {
        return number.unconstrained() == null
            ? "no digits found"
            : "the rule allows none; looks like " + number.unconstrained();
      }
      boolean bent =
          number.unconstrained() != null && !number.unconstrained().equals(number.number());
      return bent ? "unsure; without the rule " + number.unconstrained() : "unsure";
    }
  }

  /**
   * A digit below its ink.
   *
   * @param digit 0 to 9
   * @param sure its style: sure or unsure
   * @param left of the box around its ink, in pixels of the image
   * @param top of the box
   * @param width of the box
   * @param height of the box
   * @param middle of the box, from the left
   */
  public record Digit(
      int digit, String sure, int left, int top, int width, int height, int middle) {

    private static final double SURE = 0.98;

    static Digit of(Piece piece) {
      return new Digit(
          piece.digit(),
          piece.confidence() < SURE ? "unsure" : "sure",
          piece.left(),
          piece.top(),
          piece.width(),
          piece.height(),
          piece.left() + piece.width() / 2);
    }
  }

  static Optional<NumbersView> of(EvaluationReport report) {
    Evaluation evaluation = report.evaluation();
    Optional<OperatingPoint> chosen = report.automation().chosen();
    long review = chosen.map(OperatingPoint::review).orElse(evaluation.scored());
    List<Item> shown =
        report.numbers().stream()
            .filter(number -> isLeft(number, chosen))
            .limit(EvaluationReport.MOST_TO_CHECK)
            .map(Item::of)
            .toList();
    if (shown.isEmpty() && (review > 0 || evaluation.scored() == 0)) {
      return Optional.empty();
    }
    int split = Math.min(IN_SIGHT, shown.size());
    return Optional.of(
        new NumbersView(
            summary(shown.size(), review, chosen, report.metrics().conflicts()),
            review > 0 ? report.reviewFile() : null,
            shown.subList(0, split),
            shown.subList(split, shown.size())));
  }

  private static boolean isLeft(NumberSpecimen number, Optional<OperatingPoint> chosen) {
    return chosen.isEmpty()
        || number.number() == null
        || number.confidence() < chosen.get().threshold();
  }

  private static String summary(
      int shown, long review, Optional<OperatingPoint> chosen, ConflictCounts conflicts) {
    Numbers numbers = new Numbers();
    String which =
        chosen
            .map(point -> " below the threshold of " + numbers.probability(point.threshold()))
            .orElse(", since no threshold keeps the target error");
    if (review == 0) {
      boolean open = conflicts != null && conflicts.open() > 0;
      return "There is no number"
          + which
          + (open
              ? ": only those that contradict each other are left to a person."
              : ": nothing is left to a person.");
    }
    String all = numbers.count(review, "number");
    return shown < review
        ? String.format("%s of the %s%s.", numbers.count(shown), all, which)
        : String.format("The %s%s, the least certain first.", all, which);
  }
}
