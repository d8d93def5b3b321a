// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.standing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.evaluation.ConflictCounts;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.standing.FinalState.Chunk;

/**
 * Which numbers contradict each other: what is found anew looks at those archives only of which
 * something has changed, what was found is read from the files of what stands that have such rows.
 */
public final class Contradictions {

  private final SparkSession spark;
  private final FileSystem fs;
  private final OutputLayout layout;
  private final StandingRows rows;
  private final Couplings couplings;

  /**
   * @param couplings of the output's form
   */
  public Contradictions(
      SparkSession spark, FileSystem fs, OutputLayout layout, Couplings couplings) {
    this.spark = spark;
    this.fs = fs;
    this.layout = layout;
    this.rows = new StandingRows(spark, layout);
    this.couplings = couplings;
  }

  /** Whether a rule couples numbers. */
  public boolean areSought() {
    return !couplings.areNone();
  }

  /**
   * Returns the batches that have numbers of the same archives as some batches: an archive lies in
   * one; only loose files, which count as one archive, come from night to night. None where no rule
   * couples numbers.
   */
  Set<Long> sharingArchives(Set<Long> changed) {
    if (couplings.areNone() || changed.isEmpty()) {
      return Set.of();
    }
    Set<Long> sharing = new TreeSet<>(changed);
    if (!rows.batchesWith(changed, couplings.isLoose()).isEmpty()) {
      sharing.addAll(rows.batchesWith(Set.of(), couplings.isLoose()));
    }
    return sharing;
  }

  /**
   * Finds the numbers that contradict each other, as {@link Couplings#conflicts} returns them.
   *
   * @param batches as {@link #sharingArchives} returns them
   */
  Dataset<Row> find(Set<Long> batches, Thresholds thresholds, Dataset<Row> verdicts) {
    return couplings.conflicts(
        rows.of(batches.stream().map(batch -> "batch=" + batch).toList(), thresholds, verdicts));
  }

  /**
   * Finds those numbers of some batches that the machine would let stand and that others
   * contradict: {@code source}.
   *
   * @param verdicts as {@link Verdicts#of} returns them
   */
  public Dataset<Row> ofMachine(Set<Long> batches, Thresholds thresholds, Dataset<Row> verdicts) {
    return find(sharingArchives(batches), thresholds, verdicts)
        .where(functions.col("batch").isin(batches.toArray()))
        .where("by = 'machine'")
        .select("source");
  }

  /**
   * Returns what the machine let stand before, in some chunks, or has withdrawn since: {@code
   * source}.
   */
  Dataset<Row> stoodBefore(List<Chunk> chunks) throws IOException {
    return files(chunks.stream().filter(chunk -> chunk.contradicted() != 0).toList())
        .where("by = 'machine' or withdrawn")
        .select("source")
        .distinct();
  }

  /**
   * Returns the numbers that others contradict and that wait for a person: {@code source} and
   * {@code conflict}, a sentence for each rule that they break; null where no rule couples numbers.
   */
  public Dataset<Row> open() throws IOException {
    return couplings.areNone()
        ? null
        : recorded(Long.MIN_VALUE)
            .where("by = 'open'")
            .select("source", "conflict")
            .dropDuplicates("source");
  }

  /**
   * Counts what came of the rules that couple numbers.
   *
   * @param firstBatch of those that count
   * @return null where no rule couples numbers
   */
  public ConflictCounts counts(long firstBatch) throws IOException {
    if (couplings.areNone()) {
      return null;
    }
    long conflicts = chunks(firstBatch).stream().mapToLong(Chunk::conflicts).sum();
    Map<String, Long> fields = new TreeMap<>();
    long byPerson = 0;
    long withdrawn = 0;
    for (Row row :
        recorded(firstBatch).groupBy("field", "by", "withdrawn").count().collectAsList()) {
      long count = row.getLong(3);
      if (row.getString(1).equals("open")) {
        fields.merge(row.getString(0), count, Long::sum);
        withdrawn += row.getBoolean(2) ? count : 0;
      } else {
        byPerson += count;
      }
    }
    long open = fields.values().stream().mapToLong(Long::longValue).sum();
    return new ConflictCounts(conflicts, open, byPerson, withdrawn, fields);
  }

  private List<Chunk> chunks(long firstBatch) throws IOException {
    return FinalState.read(fs, layout).map(FinalState::chunks).orElse(List.of()).stream()
        .filter(chunk -> chunk.contradicted() != 0 && chunk.batch() >= firstBatch)
        .toList();
  }

  private Dataset<Row> recorded(long firstBatch) throws IOException {
    return files(chunks(firstBatch)).where("conflict is not null");
  }

  /** Returns what is in the files of some chunks, as far as they are there and whole. */
  private Dataset<Row> files(List<Chunk> chunks) throws IOException {
    List<String> files = new ArrayList<>();
    for (Chunk chunk : chunks) {
      Path file = chunk.path(layout);
      if (fs.exists(file)) {
        files.add(file.toString());
      }
    }
    StructType schema =
        new ParquetToSparkSchemaConverter(spark.sessionState().conf())
            .convert(FinalRows.COUPLED_ROWS);
    return files.isEmpty()
        ? spark.createDataFrame(List.<Row>of(), schema)
        : spark
            .read()
            .schema(schema)
            .option("ignoreCorruptFiles", true)
            .parquet(files.toArray(String[]::new));
  }
}
