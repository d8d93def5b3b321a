// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.number;

import java.util.List;

/**
 * What a number was read as.
 *
 * @param number the most probable one that the rule allows, leading zeros kept; null if there is
 *     none
 * @param confidence that it is the right one, 0..1
 * @param second the next one that the rule allows; null if there is none
 * @param secondConfidence of that, 0..1
 * @param validMass share of all readings that the rule allows, 0..1
 * @param unconstrained the most probable reading whatever the rule; null if there is no digit
 * @param digits of the number, from left to right
 */
public record NumberReading(
    String number,
    double confidence,
    String second,
    double secondConfidence,
    double validMass,
    String unconstrained,
    List<Digit> digits) {

  /**
   * One digit of a number.
   *
   * @param digit 0 to 9
   * @param id of the arc of the lattice that it was read from
   * @param confidence share of this digit among the ten that the arc may be, 0..1
   */
  public record Digit(int digit, int id, double confidence) {}
}
