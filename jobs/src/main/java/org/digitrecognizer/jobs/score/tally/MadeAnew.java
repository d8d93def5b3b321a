// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.tally;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.RunLog;
import org.digitrecognizer.jobs.score.output.Superseding;
import org.digitrecognizer.jobs.score.plan.Plan;

/**
 * Readings of another picture than an earlier one of the same source: its file was rewritten and
 * read again, or later cells have made the number anew. What people said before such a reading was
 * shown is not of it. A file that is as it was, and was read again since its storage had failed,
 * shows the digits that it showed.
 */
public final class MadeAnew {

  /** Later than whatever anybody has said. */
  private static final String NOT_YET = "9999-12-31T23:59:59Z";

  private final ReportSubject subject;
  private final OutputFigures figures;

  /** Batches that have read files again. */
  private final Set<Long> again;

  public MadeAnew(ReportSubject subject, OutputFigures figures) {
    this.subject = subject;
    this.figures = figures;
    this.again =
        subject.plans().stream()
            .filter(plan -> plan.again() > 0)
            .map(Plan::batch)
            .collect(Collectors.toSet());
  }

  /**
   * Adds {@code counts} to answers: whether they are of what is there now.
   *
   * @param answers with {@code source}, {@code archive} and the timestamp {@code said}
   */
  public Dataset<Row> marked(Dataset<Row> answers) {
    Dataset<Row> dated = withCellsSince(withFilesSince(answers));
    return dated.withColumn(
        "counts",
        functions.expr(
            "coalesce(said >= try_cast(greatest(filesSince, cellsSince) as timestamp), true)"));
  }

  private Dataset<Row> withFilesSince(Dataset<Row> answers) {
    if (again.isEmpty()) {
      return answers.withColumn("filesSince", functions.expr("string(null)"));
    }
    return joined(
        answers,
        subject.saved().rewritten(),
        shown(record -> again.contains(record.batch())),
        "archive",
        "filesSince");
  }

  private Dataset<Row> withCellsSince(Dataset<Row> answers) {
    long first = firstThatMayLack();
    Map<Long, String> shown = shown(record -> record.madeOfCells() && record.batch() > first);
    if (shown.isEmpty()) {
      return answers.withColumn("cellsSince", functions.expr("string(null)"));
    }
    Column batches = functions.col("batch").isin(shown.keySet().toArray());
    return joined(answers, figures.readings(batches), shown, "source", "cellsSince");
  }

  /**
   * Returns the first batch from which numbers may have been taken since they were put together.
   * What takes out whole files leaves no trace of earlier cells.
   */
  private long firstThatMayLack() {
    return subject.records().stream()
        .filter(again.isEmpty() ? Superseding::mayLackNumbers : CommitRecord::madeOfCells)
        .mapToLong(CommitRecord::batch)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Adds to answers when the last of some readings was shown that has a value in common. */
  private static Dataset<Row> joined(
      Dataset<Row> answers,
      Dataset<Row> readings,
      Map<Long, String> shown,
      String column,
      String since) {
    UDF1<Long, String> ofBatch = new HashMap<>(shown)::get;
    Column batch = functions.col("batch").cast(DataTypes.LongType);
    Dataset<Row> times =
        readings
            .join(answers.select(column).distinct(), new String[] {column}, "left_semi")
            .select(
                functions.col(column),
                functions.udf(ofBatch, DataTypes.StringType).apply(batch).as(since))
            .groupBy(column)
            .agg(functions.max(since).as(since));
    return answers.join(times, new String[] {column}, "left_outer");
  }

  /** Returns when each of some batches was first shown, with all of its chunks: ISO 8601, UTC. */
  private Map<Long, String> shown(Predicate<CommitRecord> which) {
    return subject.records().stream()
        .filter(which)
        .collect(
            Collectors.toMap(
                CommitRecord::batch,
                this::shown,
                (one, other) -> one.compareTo(other) > 0 ? one : other));
  }

  /** Where the record of a run is lost, it was not over before its last chunk was. */
  private String shown(CommitRecord record) {
    RunLog.Run run = subject.ended().get(record.run());
    if (run != null) {
      return run.finishedAt();
    }
    return record.run() < subject.run() ? record.finishedAt() : NOT_YET;
  }
}
