// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.junit.jupiter.api.Test;

class TasksTest {

  private static final int WEIGHT = PlanRows.SCHEMA.fieldIndex(PlanRows.WEIGHT);

  private static List<List<Long>> tasks(int cores, Long... weights) {
    List<Row> ranges = Arrays.stream(weights).map(TasksTest::range).toList();
    return Tasks.of(ranges, cores).stream()
        .map(task -> task.stream().map(range -> range.getLong(WEIGHT)).toList())
        .toList();
  }

  private static Row range(long weight) {
    Object[] values = new Object[PlanRows.SCHEMA.size()];
    values[WEIGHT] = weight;
    return new GenericRowWithSchema(values, PlanRows.SCHEMA);
  }

  @Test
  void fewImagesAreSharedByAllCores() {
    assertThat(tasks(2, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L))
        .as("four tasks a core")
        .hasSize(8);
    assertThat(tasks(1, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L))
        .containsExactly(
            List.of(100L, 100L), List.of(100L, 100L), List.of(100L, 100L), List.of(100L, 100L));
  }

  @Test
  void aTaskIsNeitherTinyNorHuge() {
    assertThat(tasks(8, Collections.nCopies(100, 1L).toArray(Long[]::new)))
        .extracting(List::size)
        .containsExactly(64, 36);
    assertThat(tasks(2, Collections.nCopies(98, 1024L).toArray(Long[]::new)))
        .hasSize(49)
        .allSatisfy(task -> assertThat(task).containsExactly(1024L, 1024L));
  }

  @Test
  void whatCannotBeSplitIsATaskOfItsOwn() {
    assertThat(tasks(2, 10L, 90_000L, 10L, 10L))
        .containsExactly(List.of(10L), List.of(90_000L), List.of(10L, 10L));
  }
}
