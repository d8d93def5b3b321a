// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.digitrecognizer.jobs.score.source.Due;
import org.junit.jupiter.api.Test;

class DealingTest {

  private static final int WEIGHT = PlanRows.SCHEMA.fieldIndex(PlanRows.WEIGHT);

  private static Row range(long weight) {
    return range("file:/night.zip", weight, weight, Due.NEW);
  }

  private static Row range(String path, long weight, long files, Due due) {
    Object[] values = new Object[PlanRows.SCHEMA.size()];
    values[PlanRows.SCHEMA.fieldIndex(PlanRows.PATH)] = path;
    values[PlanRows.SCHEMA.fieldIndex(PlanRows.LENGTH)] = 1000L;
    values[PlanRows.SCHEMA.fieldIndex(PlanRows.FILES)] = files;
    values[PlanRows.SCHEMA.fieldIndex(PlanRows.DUE)] = due.name();
    values[WEIGHT] = weight;
    return new GenericRowWithSchema(values, PlanRows.SCHEMA);
  }

  private static List<Long> dealt(long stride, long... weights) {
    List<Row> ranges = Arrays.stream(weights).mapToObj(DealingTest::range).toList();
    List<Long> dealt = new ArrayList<>();
    new Dealing(ranges.iterator(), stride, sums -> {})
        .forEachRemaining(
            row -> {
              assertThat(row.size()).isEqualTo(PlanRows.DEALT_SCHEMA.size());
              assertThat(row.getString(0)).isEqualTo("file:/night.zip");
              assertThat(row.getLong(WEIGHT)).as("all columns stay").isPositive();
              dealt.add(row.getLong(WEIGHT + 1));
            });
    return dealt;
  }

  @Test
  void aRangeGoesWhereItsFirstImageFalls() {
    assertThat(dealt(100, 50, 50, 30, 30, 50))
        .as("chunks of the first images 0, 50, 100, 130, 160")
        .containsExactly(0L, 0L, 1L, 1L, 1L);
  }

  @Test
  void whatCannotBeSplitTakesNoNumbers() {
    assertThat(dealt(100, 1000, 50, 50))
        .as("the chunk after one of ten times the size follows it at once")
        .containsExactly(0L, 1L, 1L);
  }

  @Test
  void thePlanComesToTheSumsOfItsFiles() {
    List<Row> ranges =
        List.of(
            range("file:/a.zip", 60, 60, Due.NEW),
            range("file:/a.zip", 50, 50, Due.NEW),
            range("file:/b.tar.gz", 1, -1, Due.REWRITTEN),
            range("file:/c.png", 1, 1, Due.UNREAD));
    List<long[]> sums = new ArrayList<>();
    new Dealing(ranges.iterator(), 100, sums::add).forEachRemaining(row -> {});
    assertThat(sums).hasSize(1);
    assertThat(PlanSums.plan(7, 3, sums.get(0), List.of()))
        .as("3 files, 2 chunks, 111 images counted, 1 archive uncounted, 3000 bytes, 2 again")
        .isEqualTo(new Plan(7, 3, 3, 2, 111, 1, 3000, 2, List.of()));
  }
}
