// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.tally;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalInt;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.NumberOutcome;
import org.digitrecognizer.evaluation.NumberOutcome.Kind;

/**
 * Adds up readings and rejects, with the labels that this run knows: those of the rows stand where
 * it knows none. No record: Spark may be set to Kryo, which cannot do records.
 */
public final class Tally implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Evaluation evaluation = new Evaluation();
  private long known;
  private long late;

  /** Begins with totals, which stay as they are. */
  static Tally of(Evaluation totals) {
    Tally tally = new Tally();
    tally.evaluation.merge(totals);
    return tally;
  }

  /**
   * Adds a reading.
   *
   * @param digit that was read
   * @param confidence 0..1
   * @param label in its row; null if there is none
   * @param truth that this run knows
   */
  void add(int digit, double confidence, Integer label, OptionalInt truth) {
    if (truth.isPresent()) {
      known++;
      late += label == null || label != truth.getAsInt() ? 1 : 0;
      evaluation.add(digit, confidence, truth.getAsInt());
    } else if (label != null) {
      evaluation.add(digit, confidence, label);
    } else {
      evaluation.add(digit, confidence);
    }
  }

  /**
   * Adds a number.
   *
   * @param field that it is in
   * @param status in its row
   * @param number that was read; null if there is none
   * @param confidence 0..1
   * @param validMass 0..1
   * @param label in its row; null if there is none
   * @param truth that this run knows
   */
  void addNumber(
      String field,
      String status,
      String number,
      double confidence,
      double validMass,
      String label,
      Optional<String> truth) {
    boolean whole = status.equals(Kind.READ.name());
    Kind kind = whole && number == null ? Kind.NONE_ALLOWED : Kind.valueOf(status);
    String known = truth.orElse(label);
    Boolean correct = known == null ? null : known.equals(number);
    if (truth.isPresent()) {
      this.known++;
      late += truth.get().equals(label) ? 0 : 1;
    }
    evaluation.add(new NumberOutcome(field, kind, confidence, validMass, correct));
  }

  /** Adds all that the other has counted. */
  void merge(Tally other) {
    evaluation.merge(other.evaluation);
    known += other.known;
    late += other.late;
  }

  /** Returns what it comes to; not a copy. */
  public Evaluation evaluation() {
    return evaluation;
  }

  /** Returns how many images could not be read. */
  public long rejected() {
    return evaluation.rejected().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns how many readings have a label that this run knows. */
  public long known() {
    return known;
  }

  /** Returns how many of them do not have it in their rows: they were read before it was known. */
  public long late() {
    return late;
  }
}
