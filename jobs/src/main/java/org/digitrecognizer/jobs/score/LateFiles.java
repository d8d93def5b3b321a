package org.digitrecognizer.jobs.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Files that Spark's stream will not hand out, or not again, though they are to be read: those that
 * were left alone because they had only just changed, those that were rewritten since they were
 * read, and those that had no byte when the stream saw them. They make batches of their own,
 * numbered from -1 downwards.
 */
final class LateFiles {

  private final Dataset<Row> known;
  private final Dataset<Row> now;
  private final long settledBefore;

  /**
   * @param plans all ranges that were ever planned, with the number of their batch
   * @param now the files that are there, columns of {@link SourceFiles}
   * @param settledBefore a file that changed later is left alone, in milliseconds since 1970
   */
  LateFiles(Dataset<Row> plans, Dataset<Row> now, long settledBefore) {
    // The later of two batches that a file is in is the one with the lower number.
    this.known =
        plans
            .groupBy(col(PlanRows.PATH).as("knownPath"))
            .agg(
                expr("min_by(modified, batch)").as("knownModified"),
                expr("min_by(fileLength, batch)").as("knownLength"),
                expr("min_by(chunk, batch)").as(PlanRows.CHUNK));
    this.now = now;
    this.settledBefore = settledBefore;
  }

  /** Returns the files that were left alone and have settled since. */
  Dataset<Row> settled() {
    return matching(col(PlanRows.CHUNK).equalTo(PlanRows.DEFERRED));
  }

  /**
   * Returns the files that are in no plan, settled or not: those without a byte, which the stream
   * passes over for ever, whatever is written to them later; and those that came after the stream
   * had looked.
   */
  Dataset<Row> unplanned() {
    return unplanned(now, known);
  }

  /**
   * Returns the files that are in no plan, of those that the stream has found.
   *
   * @param files columns of {@link SourceFiles}
   * @param plans all ranges that were ever planned
   */
  static Dataset<Row> newOf(Dataset<Row> files, Dataset<Row> plans) {
    return unplanned(files, plans.select(col(PlanRows.PATH).as("knownPath")));
  }

  private static Dataset<Row> unplanned(Dataset<Row> files, Dataset<Row> known) {
    return files
        .join(known, files.col(SourceFiles.PATH).equalTo(known.col("knownPath")), "left_anti")
        .select(SourceFiles.PATH, SourceFiles.MODIFIED, SourceFiles.LENGTH);
  }

  /** Returns the files that were rewritten since they were read, and have settled. */
  Dataset<Row> rewritten() {
    return matching(
        col(PlanRows.CHUNK)
            .geq(0)
            .and(
                col(SourceFiles.MODIFIED)
                    .notEqual(col("knownModified"))
                    .or(col(SourceFiles.LENGTH).notEqual(col("knownLength")))));
  }

  /** Returns how many files are still left alone. */
  long waiting() {
    return joined()
        .where(
            col(PlanRows.CHUNK)
                .equalTo(PlanRows.DEFERRED)
                .and(functions.not(SourceFiles.settledBefore(settledBefore))))
        .count();
  }

  private Dataset<Row> joined() {
    return now.join(known, col(SourceFiles.PATH).equalTo(col("knownPath")));
  }

  private Dataset<Row> matching(Column condition) {
    return joined()
        .where(condition.and(SourceFiles.settledBefore(settledBefore)))
        .select(SourceFiles.PATH, SourceFiles.MODIFIED, SourceFiles.LENGTH);
  }

  /**
   * Returns the files of some batches that others had read before.
   *
   * @param plans all ranges that were ever planned, with the number of their batch
   * @param batches numbers below 0
   */
  static Set<String> readBefore(Dataset<Row> plans, List<Long> batches) {
    if (batches.isEmpty()) {
      return Set.of();
    }
    Column late = col("batch").isInCollection(batches);
    Dataset<Row> again = plans.where(late).groupBy(PlanRows.PATH).agg(expr("min(batch) as late"));
    Dataset<Row> before =
        plans
            .where(col(PlanRows.CHUNK).geq(0))
            .groupBy(col(PlanRows.PATH).as("beforePath"))
            .agg(expr("max(batch) as before"));
    return again
        .join(before, col(PlanRows.PATH).equalTo(col("beforePath")))
        .where(col("before").gt(col("late")))
        .select(PlanRows.PATH)
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .collect(Collectors.toSet());
  }
}
