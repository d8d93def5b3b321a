// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.specimen;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection;

/**
 * Keeps the first few rejects of each reason, by the order of their sources. What is kept does not
 * depend on the order in which rejects are added or keepers merged. Not thread-safe.
 */
public final class RejectSamples implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int capacity;
  private final Map<Rejection.Reason, ArrayList<RejectedScan>> kept = new HashMap<>();

  /**
   * @param capacity how many of each reason are kept, at least 1
   */
  public RejectSamples(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("A keeper keeps at least 1, not " + capacity);
    }
    this.capacity = capacity;
  }

  /** Adds a reject. */
  public void add(RejectedScan rejected) {
    List<RejectedScan> first = kept.computeIfAbsent(rejected.reason(), r -> new ArrayList<>());
    int place = Collections.binarySearch(first, rejected, RejectedScan.ORDER);
    first.add(place < 0 ? ~place : place, rejected);
    if (first.size() > capacity) {
      first.remove(capacity);
    }
  }

  /**
   * Adds a reject whose image is taken only if it stands a chance.
   *
   * @param source where it is, as a person can find it again; also what orders rejects
   */
  public void add(String source, Rejection rejection, Supplier<Optional<GreyImage>> scan) {
    List<RejectedScan> first = kept.getOrDefault(rejection.reason(), new ArrayList<>());
    if (first.size() < capacity || source.compareTo(first.get(capacity - 1).source()) <= 0) {
      add(new RejectedScan(source, rejection.reason(), rejection.detail(), scan.get()));
    }
  }

  /** Takes over what the other keeps. */
  public void merge(RejectSamples other) {
    other.kept.values().forEach(first -> first.forEach(this::add));
  }

  /** Returns what is kept, by reason; reasons that did not occur are left out. */
  public Map<Rejection.Reason, List<RejectedScan>> byReason() {
    Map<Rejection.Reason, List<RejectedScan>> copy = new TreeMap<>();
    kept.forEach((reason, first) -> copy.put(reason, List.copyOf(first)));
    return Collections.unmodifiableMap(copy);
  }
}
