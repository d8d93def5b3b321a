// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochPlanTest {

  @ParameterizedTest
  @CsvSource({
    "54000, 128, 2, 50, 5",
    "54000, 128, 2, 0, 1",
    "54000, 128, 1, 422, 1",
    "54000, 128, 1, 421, 2",
    "10, 128, 4, 5, 1",
    "1000, 10, 3, 1, 34"
  })
  void roundsCoverAllMinibatches(
      long examples, int batchSize, int workers, int frequency, int rounds) {
    EpochPlan plan = new EpochPlan(examples, batchSize, workers, frequency);
    assertThat(plan.rounds()).isEqualTo(rounds);
    assertThat(LongStream.range(0, rounds).map(r -> plan.examplesInRound((int) r)).sum())
        .isEqualTo(examples);
  }

  @Test
  void noPartitionHoldsMoreThanItsShareAndNoneIsLeftOut() {
    EpochPlan plan = new EpochPlan(10_037, 32, 3, 7);
    int[] sizes = new int[plan.partitions()];
    for (long place = 0; place < 10_037; place++) {
      sizes[plan.partition(place)]++;
    }
    assertThat(Arrays.stream(sizes).sum()).isEqualTo(10_037);
    assertThat(Arrays.stream(sizes).max().orElseThrow()).isEqualTo(7 * 32);
    assertThat(Arrays.stream(sizes, 0, sizes.length - 3)).containsOnly(7 * 32);
  }

  @Test
  void workersDifferByOneMinibatchAtMostWhenAveragingOnceAnEpoch() {
    EpochPlan plan = new EpochPlan(54_000, 128, 2, 0);
    long[] sizes = new long[2];
    for (long place = 0; place < 54_000; place++) {
      sizes[plan.partition(place)]++;
    }
    assertThat(Math.abs(sizes[0] - sizes[1])).isLessThanOrEqualTo(128);
  }
}
