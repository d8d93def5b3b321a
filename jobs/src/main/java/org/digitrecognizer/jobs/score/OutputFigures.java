package org.digitrecognizer.jobs.score;

import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.evaluation.Evaluation;

/** Adds up what an output holds, by reading the rows that everybody sees. */
final class OutputFigures {

  private static final String BATCH = "batch";

  private final Dataset<Row> predictions;
  private final Dataset<Row> rejected;

  /** Adds up the rows that are there now. */
  OutputFigures(SparkSession spark, OutputLayout layout) {
    this.predictions = rows(spark, layout.predictions());
    this.rejected = rows(spark, layout.rejected());
  }

  /** Returns the readings of some batches; see {@link #newer} and {@link #all}. */
  Dataset<Row> predictions(Column batches) {
    return predictions.where(batches);
  }

  /** Returns where everything was found that was ever read or rejected: source and entry. */
  Dataset<Row> places() {
    return predictions.select("source", "entry").unionAll(rejected.select("source", "entry"));
  }

  /** Chooses all batches. */
  static Column all() {
    return functions.lit(true);
  }

  /** Chooses the batches since a run. */
  static Column newer(RunRecord run) {
    Column batch = functions.col(BATCH);
    return batch.gt(run.batches()).or(batch.lt(Math.min(0, run.extraBatches())));
  }

  /** Adds up readings and rejects of some batches. */
  Evaluation evaluate(Column batches) {
    Evaluation sum = new Evaluation();
    predictions(batches)
        .select("digit", "confidence", "label")
        .toJavaRDD()
        .mapPartitions(rows -> List.of(evaluate(rows)).iterator())
        .collect()
        .forEach(sum::merge);
    rejected
        .where(batches)
        .groupBy("reason")
        .count()
        .collectAsList()
        .forEach(row -> reject(sum, row));
    return sum;
  }

  /**
   * Spark makes the column of batches out of the names of folders: as long as there is none of
   * these there is no row, and no column either.
   */
  private static Dataset<Row> rows(SparkSession spark, Path directory) {
    Dataset<Row> rows = spark.read().parquet(directory.toString());
    boolean empty = !List.of(rows.columns()).contains(BATCH);
    return empty ? rows.withColumn(BATCH, functions.lit(0)) : rows;
  }

  private static Evaluation evaluate(Iterator<Row> rows) {
    Evaluation evaluation = new Evaluation();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (row.isNullAt(2)) {
        evaluation.add(row.getInt(0), row.getDouble(1));
      } else {
        evaluation.add(row.getInt(0), row.getDouble(1), row.getInt(2));
      }
    }
    return evaluation;
  }

  private static void reject(Evaluation sum, Row row) {
    sum.reject(Reason.valueOf(row.getString(0)), row.getLong(1));
  }
}
