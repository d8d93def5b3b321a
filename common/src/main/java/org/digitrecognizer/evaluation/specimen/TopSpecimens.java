// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.specimen;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Reading;

/**
 * Keeps the first few of any number of specimens, in the order of a ranking. What is kept does not
 * depend on the order in which specimens are offered or keepers merged. Not thread-safe.
 */
public final class TopSpecimens implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What comes first. */
  public enum Ranking implements Comparator<Specimen> {
    /** Wrong readings only, the most confident first. */
    WORST_MISTAKES(-1),
    /** All readings, the least confident first. */
    LEAST_CERTAIN(1);

    private final int sign;

    Ranking(int sign) {
      this.sign = sign;
    }

    @Override
    public int compare(Specimen a, Specimen b) {
      int byConfidence = compareConfidence(a.confidence(), b.confidence());
      return byConfidence != 0 ? byConfidence : Specimen.compareIdentity(a, b);
    }

    int compareConfidence(double a, double b) {
      return sign * Double.compare(a, b);
    }

    boolean admits(int read, OptionalInt truth) {
      return this == LEAST_CERTAIN || (truth.isPresent() && truth.getAsInt() != read);
    }
  }

  private final Ranking ranking;
  private final int capacity;

  /** What ranks behind this confidence has no chance; NaN if there is no such bound. */
  private final double bound;

  /** First ranked first, never more than the capacity: what a task sends home is no more. */
  private final List<Specimen> kept = new ArrayList<>();

  /**
   * @param ranking what comes first
   * @param capacity how many are kept, at least 1
   */
  public TopSpecimens(Ranking ranking, int capacity) {
    this(ranking, capacity, OptionalDouble.empty());
  }

  /**
   * @param ranking what comes first
   * @param capacity how many are kept, at least 1
   * @param bound a confidence, 0..1; what ranks behind it is not kept, be there room or not
   */
  public TopSpecimens(Ranking ranking, int capacity, OptionalDouble bound) {
    if (capacity < 1) {
      throw new IllegalArgumentException("A keeper keeps at least 1, not " + capacity);
    }
    this.ranking = ranking;
    this.capacity = capacity;
    this.bound = bound.orElse(Double.NaN);
  }

  /**
   * Offers a digit; it is copied only if it stands a chance.
   *
   * @param source where it comes from, as a person can find it again; also what orders equals
   * @param truth the true digit, if it is known
   */
  public void offer(String source, DigitImage image, Reading reading, OptionalInt truth) {
    offer(source, image, reading, truth, Optional::empty);
  }

  /**
   * Offers a digit; it is copied, and its scan taken, only if it stands a chance.
   *
   * @param source where it comes from, as a person can find it again; also what orders equals
   * @param truth the true digit, if it is known
   * @param scan what the image was made from
   */
  public void offer(
      String source,
      DigitImage image,
      Reading reading,
      OptionalInt truth,
      Supplier<Optional<GreyImage>> scan) {
    if (ranking.admits(reading.digit(), truth) && hasAChance(reading.confidence())) {
      keep(Specimen.of(source, image, reading, truth, scan.get()));
    }
  }

  /** Offers a specimen. */
  public void offer(Specimen specimen) {
    if (ranking.admits(specimen.reading().digit(), specimen.truth())
        && hasAChance(specimen.confidence())) {
      keep(specimen);
    }
  }

  /** Takes over what the other keeps; both should have the same ranking. */
  public void merge(TopSpecimens other) {
    other.kept.forEach(this::offer);
  }

  /** Returns what is kept, first ranked first. */
  public List<Specimen> ranked() {
    return List.copyOf(kept);
  }

  /**
   * Returns the confidence that nothing which is kept from now on ranks behind: that of the last
   * kept, if there is no more room, or else the one that this keeper was made with.
   *
   * @return 0..1; empty if anything may still be kept
   */
  public OptionalDouble bound() {
    if (kept.size() == capacity) {
      return OptionalDouble.of(kept.get(capacity - 1).confidence());
    }
    return Double.isNaN(bound) ? OptionalDouble.empty() : OptionalDouble.of(bound);
  }

  private boolean hasAChance(double confidence) {
    OptionalDouble last = bound();
    return last.isEmpty() || ranking.compareConfidence(confidence, last.getAsDouble()) <= 0;
  }

  private void keep(Specimen specimen) {
    int place = Collections.binarySearch(kept, specimen, ranking);
    kept.add(place < 0 ? ~place : place, specimen);
    if (kept.size() > capacity) {
      kept.remove(capacity);
    }
  }
}
