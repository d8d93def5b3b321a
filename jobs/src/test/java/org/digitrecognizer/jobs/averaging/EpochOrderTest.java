// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochOrderTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 64, 65, 1000, 54_000})
  void everyPlaceIsTakenOnce(long size) {
    EpochOrder order = new EpochOrder(size, 7, 3);
    long[] places = LongStream.range(0, size).map(order::place).sorted().toArray();
    assertThat(places).containsExactly(LongStream.range(0, size).toArray());
  }

  @Test
  void epochsAndSeedsGiveOtherOrders() {
    long[] first = places(new EpochOrder(1000, 7, 1));
    assertThat(places(new EpochOrder(1000, 7, 1))).containsExactly(first);
    assertThat(places(new EpochOrder(1000, 7, 2))).isNotEqualTo(first);
    assertThat(places(new EpochOrder(1000, 8, 1))).isNotEqualTo(first);
  }

  @Test
  void neighboursAreScattered() {
    EpochOrder order = new EpochOrder(54_000, 1, 1);
    double mean =
        LongStream.range(0, 10_000)
            .map(i -> Math.abs(order.place(i + 1) - order.place(i)))
            .average()
            .orElseThrow();
    // Of two random places out of n, the mean distance is n / 3.
    assertThat(mean).isBetween(54_000 / 3 * 0.95, 54_000 / 3 * 1.05);
  }

  private static long[] places(EpochOrder order) {
    return LongStream.range(0, 1000).map(order::place).toArray();
  }
}
