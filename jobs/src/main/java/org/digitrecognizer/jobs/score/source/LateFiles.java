package org.digitrecognizer.jobs.score.source;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.digitrecognizer.jobs.score.plan.PlanRows;

/**
 * Files that Spark's stream will not hand out, or not again, though they are to be read. They make
 * batches of their own, numbered from -1 downwards.
 */
public final class LateFiles implements AutoCloseable {

  private static final String KIND = "kind";

  private final Dataset<Row> files;
  private final Map<Kind, Long> counts;

  /** Why a file is late. */
  public enum Kind {
    /** It was left alone because it had only just changed, and has settled since. */
    SETTLED,

    /** It was left alone because it had only just changed, and still is. */
    WAITING,

    /** It was rewritten since it was read, and has settled. */
    REWRITTEN,

    /**
     * It is as it was, but its storage failed when it was read, or it was not there for a while.
     */
    UNREAD,

    /**
     * It is in no plan, settled or not: it had no byte when the stream saw it, which passes over
     * such a file for ever, whatever is written to it later; or it came after the stream had
     * looked.
     */
    UNPLANNED;

    /**
     * Returns the reasons to read a file now.
     *
     * @param reread whether files of which there are rows are among them
     */
    public static Set<Kind> due(boolean reread) {
      return reread ? EnumSet.complementOf(EnumSet.of(WAITING)) : EnumSet.of(SETTLED, UNPLANNED);
    }
  }

  private LateFiles(Dataset<Row> files) {
    this.files = files;
    this.counts =
        files.groupBy(KIND).count().collectAsList().stream()
            .collect(toMap(row -> Kind.valueOf(row.getString(0)), row -> row.getLong(1)));
  }

  /**
   * Finds them.
   *
   * @param plans all ranges that were ever planned, with the number of their batch
   * @param now the files that are there, columns of {@link SourceFiles}
   * @param unread files that could not be read to their end, a column archive
   * @param settledBefore a file that changed later is left alone, in milliseconds since 1970
   */
  public static LateFiles find(
      Dataset<Row> plans, Dataset<Row> now, Dataset<Row> unread, long settledBefore) {
    // The later of two batches that a file is in is the one with the lower number.
    Dataset<Row> known =
        plans
            .groupBy(col(PlanRows.PATH).as("knownPath"))
            .agg(
                expr("min_by(modified, batch)").as("knownModified"),
                expr("min_by(fileLength, batch)").as("knownLength"),
                expr("min_by(chunk, batch)").as(PlanRows.CHUNK));
    Dataset<Row> late =
        now.join(known, col(SourceFiles.PATH).equalTo(col("knownPath")), "left_outer")
            .join(unread, col(SourceFiles.PATH).equalTo(col("archive")), "left_outer")
            .withColumn(KIND, kind(SourceFiles.settledBefore(settledBefore)))
            .where(col(KIND).isNotNull())
            .select(SourceFiles.PATH, SourceFiles.MODIFIED, SourceFiles.LENGTH, KIND);
    return new LateFiles(late.cache());
  }

  private static Column kind(Column settled) {
    Column rewritten =
        col(SourceFiles.MODIFIED)
            .notEqual(col("knownModified"))
            .or(col(SourceFiles.LENGTH).notEqual(col("knownLength")));
    Column deferred = col(PlanRows.CHUNK).equalTo(PlanRows.DEFERRED);
    return when(col("knownPath").isNull(), Kind.UNPLANNED.name())
        .when(deferred.and(settled), Kind.SETTLED.name())
        .when(deferred, Kind.WAITING.name())
        .when(settled.and(rewritten), Kind.REWRITTEN.name())
        .when(settled.and(col("archive").isNotNull()), Kind.UNREAD.name());
  }

  /** Returns how many files are late for a reason. */
  public long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** Returns the files that are late for one of some reasons, columns of {@link SourceFiles}. */
  public Dataset<Row> files(Set<Kind> kinds) {
    return files
        .where(col(KIND).isInCollection(kinds.stream().map(Kind::name).toList()))
        .drop(KIND);
  }

  @Override
  public void close() {
    files.unpersist();
  }

  /**
   * Returns the files that are in no plan, of those that the stream has found.
   *
   * @param files columns of {@link SourceFiles}
   * @param plans all ranges that were ever planned
   */
  public static Dataset<Row> newOf(Dataset<Row> files, Dataset<Row> plans) {
    Dataset<Row> known = plans.select(col(PlanRows.PATH).as("knownPath"));
    return files.join(
        known, files.col(SourceFiles.PATH).equalTo(known.col("knownPath")), "left_anti");
  }

  /**
   * Returns the files of a batch that others had read before.
   *
   * @param plans all ranges that were ever planned, with the number of their batch
   * @param batch its number, below 0
   */
  public static Set<String> readBefore(Dataset<Row> plans, long batch) {
    Dataset<Row> again = plans.where(col(PlanRows.BATCH).equalTo(batch)).select(PlanRows.PATH);
    Dataset<Row> before =
        plans
            .where(col(PlanRows.CHUNK).geq(0).and(col(PlanRows.BATCH).gt(batch)))
            .select(col(PlanRows.PATH).as("beforePath"));
    return again
        .join(before, col(PlanRows.PATH).equalTo(col("beforePath")), "left_semi")
        .distinct()
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .collect(Collectors.toSet());
  }
}
