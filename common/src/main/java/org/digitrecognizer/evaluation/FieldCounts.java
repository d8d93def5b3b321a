// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation;

import java.io.Serializable;

/**
 * What became of the numbers of a field. {@link #merge} gives the same result, to the last bit,
 * whatever the order. Not thread-safe.
 */
public final class FieldCounts implements Serializable {

  private static final long serialVersionUID = 1L;

  /** So many numbers tell a rule that does not fit from a few that are hard to read. */
  private static final long ENOUGH = 20;

  /**
   * Under a rule that fits, nearly all weight is on what it allows, and half of it at the least.
   */
  private static final double FITS = 0.5;

  private long read;
  private long none;
  private long incomplete;
  private long duplicate;
  private long validMassUnits;

  void add(NumberOutcome outcome) {
    switch (outcome.kind()) {
      case READ -> read++;
      case NONE_ALLOWED -> none++;
      case INCOMPLETE -> incomplete++;
      case DUPLICATE -> duplicate++;
    }
    if (outcome.isWhole()) {
      validMassUnits += Counts.units(outcome.validMass());
    }
  }

  void merge(FieldCounts other) {
    read += other.read;
    none += other.none;
    incomplete += other.incomplete;
    duplicate += other.duplicate;
    validMassUnits += other.validMassUnits;
  }

  /** Returns how many numbers there are, read or not. */
  public long numbers() {
    return read + none + incomplete + duplicate;
  }

  /** Returns how many were read as a number that the rule allows. */
  public long read() {
    return read;
  }

  /** Returns how many cannot be read as any number that the rule allows. */
  public long none() {
    return none;
  }

  /** Returns of how many a digit is missing. */
  public long incomplete() {
    return incomplete;
  }

  /** Returns of how many a digit is there more than once. */
  public long duplicate() {
    return duplicate;
  }

  /** Returns the mean share of all readings that the rule allows, 0..1; NaN if nothing was read. */
  public double meanValidMass() {
    return Counts.fromUnits(validMassUnits) / (read + none);
  }

  /**
   * Returns whether the rule plainly does not fit: most of what was read is nothing that it allows.
   * A check digit of another scheme allows one reading in ten.
   */
  public boolean isMisfit() {
    return read + none >= ENOUGH && meanValidMass() < FITS;
  }
}
