// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.report;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.digitrecognizer.jobs.score.standing.Contradictions;
import org.digitrecognizer.jobs.score.standing.Thresholds;
import org.digitrecognizer.jobs.score.standing.Verdicts;
import org.digitrecognizer.jobs.score.tally.OutputFigures;
import org.digitrecognizer.review.SourceHash;

/**
 * What is left to a person: readings below the threshold of the run that read them, and rejects,
 * without those that people have decided.
 */
final class ReviewQueue {

  /** The threshold of a run in which nothing stands without a person: above any confidence. */
  static final double NOTHING_STANDS = 2;

  /**
   * Images for each part that sorted rows are dealt out to: the driver holds a part at a time, and
   * each is a Spark job of its own.
   */
  private static final long IMAGES_A_PART = 50_000;

  private static final int MOST_PARTS = 200;

  /**
   * What the desk shows: a reject only where it is to be keyed by itself, as cells are not, and
   * what is on no form.
   */
  private static final String ASKED =
      "(reason is not null and field is null and reason <> 'NOT_ON_FORM')"
          + " or (reason is null and (confidence < threshold"
          + " or (digit is null and (number is null or status <> 'READ')))) or audited"
          + " or conflict is not null";

  private final OutputFigures figures;
  private final int parts;
  private final Dataset<Row> verdicts;
  private final Thresholds thresholds;
  private final Dataset<Row> conflicts;

  /**
   * @param images of the whole output
   * @param verdicts of people, as {@link Verdicts#of}
   * @param thresholds what is below goes to a person
   * @param conflicts numbers that go there whatever they are, as {@link Contradictions#open}
   *     returns them; null where no rule couples numbers
   */
  ReviewQueue(
      OutputFigures figures,
      long images,
      Dataset<Row> verdicts,
      Thresholds thresholds,
      Dataset<Row> conflicts) {
    this.conflicts = conflicts;
    this.figures = figures;
    this.parts = (int) Math.min(MOST_PARTS, 1 + images / IMAGES_A_PART);
    this.verdicts = verdicts;
    this.thresholds = thresholds;
  }

  /**
   * Returns the readings of some batches that are left to a person, the least certain first; {@code
   * conflict} says which others contradict it, and is null elsewhere.
   */
  Dataset<Row> readings(Column batches) {
    return sorted(
        undecided(below(withConflict(figures.readings(batches)))), columns("confidence", "source"));
  }

  /** Returns the rejects of some batches that nobody has decided. */
  Dataset<Row> rejects(Column batches) {
    return sorted(undecided(figures.rejected(batches)), columns("source", "ordinal"));
  }

  /** What the rule allows none of is no number, however sure that is. */
  private Dataset<Row> below(Dataset<Row> rows) {
    Column below =
        functions
            .col("confidence")
            .lt(thresholds.ofRows())
            .or(functions.expr("conflict is not null"));
    return rows.where(
        List.of(rows.columns()).contains("number")
            ? below.or(functions.expr("number is null or status <> 'READ'"))
            : below);
  }

  private Dataset<Row> withConflict(Dataset<Row> rows) {
    return conflicts == null
        ? rows.withColumn("conflict", functions.expr("string(null)"))
        : rows.join(conflicts, new String[] {"source"}, "left_outer");
  }

  /**
   * Adds to pictures what contradicts them, {@code conflict}; null for what people are to key blind
   * for an audit, which must not be shown beside what was read.
   *
   * @param audits as for {@link #desk}
   */
  Dataset<Row> contradicted(Dataset<Row> pictures, Dataset<Row> audits) {
    if (conflicts == null) {
      return withConflict(pictures);
    }
    Dataset<Row> shown =
        conflicts.join(audits.select("source").distinct(), new String[] {"source"}, "left_anti");
    return pictures.join(shown, new String[] {"source"}, "left_outer");
  }

  private Dataset<Row> undecided(Dataset<Row> rows) {
    return rows.join(
        verdicts.where(functions.col("state").equalTo(Verdicts.FINAL)).select("source"),
        rows.col("source").equalTo(verdicts.col("source")),
        "left_anti");
  }

  /**
   * Returns what the desk shows of some pictures, in the order in which it is keyed, with {@code
   * answers}, {@code state} and {@code keyedBy} of the verdicts, and whether it is {@code audited}.
   * A page has even or odd digits, so that many of one are there to be compared; which of them
   * comes next is left to lots, so that nobody expects it.
   *
   * @param audits what machines have let stand and people are to check, with {@code source} and
   *     {@code batch}
   */
  Dataset<Row> desk(Dataset<Row> pictures, Dataset<Row> audits) {
    Dataset<Row> drawn =
        functions.broadcast(audits.select("source", "batch").withColumn("drawn", functions.lit(1)));
    Dataset<Row> left =
        withConflict(pictures)
            .join(drawn, new String[] {"source", "batch"}, "left_outer")
            .withColumn("audited", functions.expr("drawn is not null and reason is null"))
            .withColumn("threshold", thresholds.ofRows())
            .where(ASKED);
    Column group = functions.coalesce(functions.col("digit"), functions.lit(0)).mod(2);
    Dataset<Row> open =
        withLot(left)
            .join(verdicts, "source", "left_outer")
            .where(functions.expr("state is null or state <> '" + Verdicts.FINAL + "'"));
    return sorted(open, group, functions.col("lot"), functions.col("source"));
  }

  private static Column[] columns(String... names) {
    return Arrays.stream(names).map(functions::col).toArray(Column[]::new);
  }

  private Dataset<Row> sorted(Dataset<Row> rows, Column... order) {
    return (parts == 1 ? rows.coalesce(1) : rows.repartitionByRange(parts, order))
        .sortWithinPartitions(order);
  }

  private static Dataset<Row> withLot(Dataset<Row> rows) {
    return rows.withColumn(
        "lot",
        functions
            .udf((UDF1<String, Double>) source -> SourceHash.lot(source), DataTypes.DoubleType)
            .apply(functions.col("source")));
  }
}
