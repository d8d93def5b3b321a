package org.digitrecognizer.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.digitrecognizer.digit.DigitImage;
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

    boolean admits(Reading reading, OptionalInt truth) {
      return this == LEAST_CERTAIN || (truth.isPresent() && truth.getAsInt() != reading.digit());
    }
  }

  private final Ranking ranking;
  private final int capacity;

  /** At most twice the capacity, so that sorting is rare; ranked and cut only when that is full. */
  private final List<Specimen> kept = new ArrayList<>();

  /** The last that was kept when {@code kept} was cut: what ranks behind it has no chance. */
  private Specimen last;

  /**
   * @param ranking what comes first
   * @param capacity how many are kept, at least 1
   */
  public TopSpecimens(Ranking ranking, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("A keeper keeps at least 1, not " + capacity);
    }
    this.ranking = ranking;
    this.capacity = capacity;
  }

  /**
   * Offers a digit; it is copied only if it stands a chance.
   *
   * @param source where it comes from, as a person can find it again; also what orders equals
   * @param truth the true digit, if it is known
   */
  public void offer(String source, DigitImage image, Reading reading, OptionalInt truth) {
    if (ranking.admits(reading, truth)
        && (last == null
            || ranking.compareConfidence(reading.confidence(), last.confidence()) <= 0)) {
      keep(Specimen.of(source, image, reading, truth));
    }
  }

  /** Takes over what the other keeps; both should have the same ranking. */
  public void merge(TopSpecimens other) {
    other.ranked().forEach(this::keep);
  }

  /** Returns what is kept, first ranked first. */
  public List<Specimen> ranked() {
    return kept.stream().sorted(ranking).limit(capacity).toList();
  }

  private void keep(Specimen specimen) {
    if (last != null && ranking.compare(specimen, last) >= 0) {
      return;
    }
    kept.add(specimen);
    if (kept.size() == 2 * capacity) {
      List<Specimen> first = ranked();
      kept.clear();
      kept.addAll(first);
      last = first.get(capacity - 1);
    }
  }
}
