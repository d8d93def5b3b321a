// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.DyingFileSystem;
import org.digitrecognizer.jobs.TestSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the writer at every change it makes to the file system, and looks what a reader finds. */
class ReplacementTest {

  private static final List<Long> OLD_IDS = LongStream.range(0, 10).boxed().toList();
  private static final List<Long> NEW_IDS = LongStream.range(100, 130).boxed().toList();
  private static final int EVERY_CHANGE = 1;
  private static final int A_FEW = 4;

  private static SparkSession spark;

  @TempDir private Path directory;

  private enum Found {
    NOTHING,
    OLD,
    NEW,
    NEW_BY_ITS_SECOND_DESCRIPTION
  }

  @BeforeAll
  static void startSpark() {
    spark = TestSpark.session();
    DyingFileSystem.register(spark.sparkContext().hadoopConfiguration());
  }

  @AfterEach
  void live() {
    DyingFileSystem.live();
  }

  @Test
  @Tag("slow")
  void aReaderFindsTheOldDatasetOrTheNewOneWhole() throws IOException {
    assertThat(replaceDyingEvery(EVERY_CHANGE, true))
        .containsExactlyInAnyOrder(Found.OLD, Found.NEW, Found.NEW_BY_ITS_SECOND_DESCRIPTION);
  }

  @Test
  @Tag("slow")
  void aReaderFindsNothingOrTheFirstDatasetWhole() throws IOException {
    assertThat(replaceDyingEvery(EVERY_CHANGE, false))
        .containsExactlyInAnyOrder(Found.NOTHING, Found.NEW, Found.NEW_BY_ITS_SECOND_DESCRIPTION);
  }

  @Test
  void aReaderFindsTheOldDatasetOrTheNewOneWholeAtAFewChanges() throws IOException {
    assertThat(replaceDyingEvery(A_FEW, true)).contains(Found.OLD, Found.NEW);
  }

  private Set<Found> replaceDyingEvery(int step, boolean overOld) throws IOException {
    Set<Found> found = EnumSet.noneOf(Found.class);
    boolean survived = false;
    for (int changes = 0; !survived; changes += step) {
      Path dataset = directory.resolve("dataset-" + step + "-" + changes);
      if (overOld) {
        write(dataset, OLD_IDS);
      }
      DyingFileSystem.dieAfter(changes);
      survived = survives(() -> write(dataset, NEW_IDS));
      DyingFileSystem.live();
      found.add(survived ? requireNew(dataset) : look(dataset, changes));
      if (!survived) {
        write(dataset, NEW_IDS);
        requireNew(dataset);
      }
      assertThat(changes).as("an end to it").isLessThan(500);
    }
    return found;
  }

  private interface Work {
    void run() throws Exception;
  }

  private static boolean survives(Work work) {
    try {
      work.run();
      return true;
    } catch (Exception e) {
      assertThat(DyingFileSystem.isDead()).as("it fails for no other reason: %s", e).isTrue();
      return false;
    }
  }

  private static void write(Path dataset, List<Long> ids) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Long id : ids) {
      rows.add(RowFactory.create(id, (int) (id % 10), new byte[784], "train"));
    }
    Dataset<Row> digits = spark.createDataFrame(rows, DigitsSchema.SCHEMA).coalesce(1);
    List<Long> classes = java.util.Collections.nCopies(10, ids.size() / 10L);
    DigitsDatasetWriter writer = new DigitsDatasetWriter(spark, uri(dataset));
    writer.requireWritable(true);
    writer.write(
        digits, new DatasetOrigin(1, 1, Map.of("train", SplitCounts.labelled(classes)), List.of()));
  }

  private static org.apache.hadoop.fs.Path uri(Path dataset) {
    return new org.apache.hadoop.fs.Path("dying://" + dataset);
  }

  private static Found look(Path dataset, int changes) throws IOException {
    List<Long> ids;
    try {
      ids = ids(dataset);
    } catch (UserException e) {
      return Found.NOTHING;
    }
    assertThat(ids)
        .as("after %d changes", changes)
        .satisfiesAnyOf(
            seen -> assertThat(seen).isEqualTo(OLD_IDS),
            seen -> assertThat(seen).isEqualTo(NEW_IDS));
    if (ids.equals(OLD_IDS)) {
      return Found.OLD;
    }
    return isWhole(dataset.resolve(DatasetStore.DESCRIPTION))
        ? Found.NEW
        : Found.NEW_BY_ITS_SECOND_DESCRIPTION;
  }

  private static boolean isWhole(Path json) throws IOException {
    return Files.exists(json) && Files.readString(json).endsWith("}");
  }

  private static List<Long> ids(Path dataset) throws IOException {
    return DigitsDataset.open(spark, uri(dataset).toString()).rows().collectAsList().stream()
        .map(row -> row.getLong(0))
        .sorted()
        .toList();
  }

  /** A writer that came to its end leaves the new dataset and nothing else. */
  private static Found requireNew(Path dataset) throws IOException {
    assertThat(ids(dataset)).isEqualTo(NEW_IDS);
    assertThat(spark.read().parquet(dataset.toString()).count()).isEqualTo(NEW_IDS.size());
    try (Stream<Path> children = Files.list(dataset)) {
      assertThat(children.map(child -> child.getFileName().toString()))
          .containsExactlyInAnyOrder("_SUCCESS", DatasetStore.DESCRIPTION, "split=train");
    }
    return Found.NEW;
  }
}
