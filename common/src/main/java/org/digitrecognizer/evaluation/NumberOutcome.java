// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

/**
 * What became of a number.
 *
 * @param field that it was written in
 * @param kind what there is of it
 * @param confidence that what was read is right, 0..1; 0 where there is no number
 * @param validMass share of all readings that the rule allows, 0..1
 * @param correct whether what was read is true; null if that is not known
 */
public record NumberOutcome(
    String field, Kind kind, double confidence, double validMass, Boolean correct) {

  /** What there is of a number. */
  public enum Kind {
    /** It was read as a number that the rule allows. */
    READ,
    /** It cannot be read as any number that the rule allows. */
    NONE_ALLOWED,
    /** A digit is missing. */
    INCOMPLETE,
    /** A digit is there more than once. */
    DUPLICATE
  }

  boolean isWhole() {
    return kind == Kind.READ || kind == Kind.NONE_ALLOWED;
  }
}
