// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A part of a page: its heading, its template, the view that the template shows, and the sentence
 * that stands there when there is nothing to show.
 */
public enum Section {
  /** The few figures that matter most. */
  HEADLINE("In short", "Nothing was read."),
  /** Loss and accuracy over the epochs. */
  TRAINING("Training", "There is no record of the training."),
  /** The confusion matrix as a heat map. */
  CONFUSION("What was taken for what", Section.NO_LABELS),
  /** Precision, recall and F1 of each digit. */
  DIGITS("Digit by digit", Section.NO_LABELS),
  /** Whether confidence means what it says. */
  RELIABILITY("Does it know how sure it is?", Section.NO_LABELS),
  /** What share can be read without a person, and at which error. */
  AUTOMATION("What a person must still look at", "Nothing was read."),
  /** How many images were read as what, and how surely. */
  READINGS("What was read", "Nothing was read."),
  /** What became of the numbers of a form's fields. */
  FIELDS("The fields of the form", "Nothing was read."),
  /** Numbers that go to a person, each as its image with what was read. */
  NUMBERS("Numbers to check", "There are no numbers to show."),
  /** Numbers that break a rule together. */
  CONFLICTS("Numbers that contradict each other", "No rule couples numbers."),
  /** How many images could not be read, and why. */
  REJECTIONS("What could not be read", "Nothing was rejected."),
  /** The most confident wrong readings as pictures. */
  MISTAKES("The worst mistakes", "There are no wrong readings to show."),
  /** The least certain readings as pictures, each beside its scan. */
  LEAST_CERTAIN("Digits to check", "There are no readings to show."),
  /** How much was read in what time. */
  THROUGHPUT("How long it took", "The time was not taken.");

  /** What evaluate shows. */
  public static final List<Section> EVALUATION =
      List.of(HEADLINE, CONFUSION, DIGITS, AUTOMATION, RELIABILITY, TRAINING, MISTAKES);

  /** What train shows. */
  public static final List<Section> TRAINED =
      List.of(HEADLINE, TRAINING, CONFUSION, DIGITS, RELIABILITY, MISTAKES);

  /** What score shows: first what there is to do, then what is good to know. */
  public static final List<Section> SCORING =
      List.of(
          HEADLINE,
          REJECTIONS,
          AUTOMATION,
          LEAST_CERTAIN,
          READINGS,
          THROUGHPUT,
          CONFUSION,
          DIGITS,
          RELIABILITY,
          MISTAKES);

  /** What score shows under a form: numbers, and not their digits. */
  public static final List<Section> FORM =
      List.of(HEADLINE, REJECTIONS, AUTOMATION, NUMBERS, FIELDS, THROUGHPUT, RELIABILITY);

  /** The same under a form with rules that couple numbers. */
  public static final List<Section> COUPLED_FORM =
      List.of(
          HEADLINE, REJECTIONS, AUTOMATION, CONFLICTS, NUMBERS, FIELDS, THROUGHPUT, RELIABILITY);

  /** Why a section that needs labels has nothing to show. */
  static final String NO_LABELS = "This needs to know what is true, and there are no labels:";

  private final String heading;
  private final String absence;

  Section(String heading, String absence) {
    this.heading = heading;
    this.absence = absence;
  }

  /** Returns the heading. */
  public String heading() {
    return heading;
  }

  /** Returns the sentence that stands there when there is nothing to show. */
  public String absence() {
    return absence;
  }

  /** Returns the name by which a link finds the section; its template has the same. */
  public String anchor() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns whether there is nothing to show as long as no truth is known. */
  boolean needsLabels() {
    return switch (this) {
      case CONFUSION, DIGITS, RELIABILITY, MISTAKES -> true;
      default -> false;
    };
  }

  /** Returns what the template shows; empty if there is nothing to show. */
  Optional<?> view(EvaluationReport report) {
    return switch (this) {
      case HEADLINE -> HeadlineView.of(report);
      case TRAINING -> TrainingView.of(report);
      case CONFUSION -> ConfusionView.of(report);
      case DIGITS -> DigitsView.of(report);
      case RELIABILITY -> ReliabilityView.of(report);
      case AUTOMATION -> AutomationView.of(report);
      case READINGS -> ReadingsView.of(report);
      case FIELDS -> FieldsView.of(report);
      case NUMBERS -> NumbersView.of(report);
      case CONFLICTS -> ConflictsView.of(report);
      case REJECTIONS -> RejectionsView.of(report);
      case MISTAKES -> GalleryView.mistakes(report);
      case LEAST_CERTAIN -> ContactSheetView.of(report);
      case THROUGHPUT -> ThroughputView.of(report);
    };
  }
}
