// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.specimen;

import java.util.List;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.evaluation.NumberOutcome;

/**
 * A number with its picture, to be shown to a person.
 *
 * @param source of the image
 * @param sheet which copy of the form it is of
 * @param field its name
 * @param kind what there is of it
 * @param number what was read; null if the rule allows nothing that could be read
 * @param confidence of it, 0..1
 * @param second the next number that the rule allows; null if there is none
 * @param secondConfidence of that, 0..1
 * @param unconstrained what would have been read without a rule; null if there is no digit
 * @param truth the true number; null if it is not known
 * @param conflict which rule it breaks together with other numbers; null if none
 * @param picture of the image, perhaps made smaller
 * @param pieces its digits, from left to right
 */
public record NumberSpecimen(
    String source,
    String sheet,
    String field,
    NumberOutcome.Kind kind,
    String number,
    double confidence,
    String second,
    double secondConfidence,
    String unconstrained,
    String truth,
    String conflict,
    GreyImage picture,
    List<Piece> pieces) {

  /** Copies the pieces. */
  public NumberSpecimen {
    pieces = List.copyOf(pieces);
  }

  /**
   * The ink of a digit.
   *
   * @param digit that it was read as, 0 to 9
   * @param confidence of it alone, 0..1
   * @param left of the box around it, in pixels of the picture
   * @param top of the box
   * @param width of the box, at least 1
   * @param height of the box, at least 1
   */
  public record Piece(int digit, double confidence, int left, int top, int width, int height) {}
}
