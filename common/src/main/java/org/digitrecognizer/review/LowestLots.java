// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.review;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * Keeps those with the lowest lots, and no more of them than there is room for.
 *
 * @param <T> what is kept
 */
public final class LowestLots<T> {

  private final int room;
  private final PriorityQueue<Lot<T>> highestFirst =
      new PriorityQueue<>(Comparator.comparingDouble((Lot<T> lot) -> lot.number).reversed());

  private record Lot<T>(double number, T value) {}

  /**
   * @param room how many are kept, at least 0
   */
  public LowestLots(int room) {
    this.room = room;
  }

  /**
   * Keeps one if its lot is low enough; then the one with the highest may go.
   *
   * @param value asked for only if it is kept
   */
  public void offer(double lot, Supplier<T> value) {
    if (room == 0 || (highestFirst.size() == room && highestFirst.peek().number <= lot)) {
      return;
    }
    if (highestFirst.size() == room) {
      highestFirst.remove();
    }
    highestFirst.add(new Lot<>(lot, value.get()));
  }

  /** Returns what is kept, the lowest first. */
  public List<T> lowest() {
    return highestFirst.stream()
        .sorted(Comparator.comparingDouble(Lot::number))
        .map(Lot::value)
        .toList();
  }
}
