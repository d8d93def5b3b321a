package org.digitrecognizer.jobs.score.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.review.SourceHash;

/**
 * What is left to a person: readings below the threshold of the run that read them, and rejects,
 * without those that people have decided.
 */
final class ReviewQueue {

  /** The threshold of a run in which nothing stands without a person: above any confidence. */
  static final double NOTHING_STANDS = 2;

  private static final StructType THRESHOLDS =
      new StructType().add("batch", DataTypes.LongType).add("threshold", DataTypes.DoubleType);

  private final OutputFigures figures;
  private final Dataset<Row> verdicts;
  private final Dataset<Row> thresholds;

  /**
   * @param verdicts of people, as {@link Verdicts#of}
   * @param thresholds by batch; what is below goes to a person
   */
  ReviewQueue(
      SparkSession spark,
      OutputFigures figures,
      Dataset<Row> verdicts,
      Map<Long, Double> thresholds) {
    this.figures = figures;
    this.verdicts = verdicts;
    List<Row> rows = new ArrayList<>();
    thresholds.forEach((batch, threshold) -> rows.add(RowFactory.create(batch, threshold)));
    this.thresholds = functions.broadcast(spark.createDataFrame(rows, THRESHOLDS));
  }

  /** Returns the readings of some batches that are left to a person, the least certain first. */
  Dataset<Row> readings(Column batches) {
    return undecided(below(figures.predictions(batches)))
        .orderBy("confidence", "source", "ordinal");
  }

  /** Counts the readings of all batches that are left to a person. */
  long count() {
    return undecided(below(figures.predictions(OutputFigures.all()))).count();
  }

  /** Returns the rejects of some batches that nobody has decided. */
  Dataset<Row> rejects(Column batches) {
    return undecided(figures.rejected(batches)).orderBy("source", "ordinal");
  }

  private Dataset<Row> below(Dataset<Row> rows) {
    return thresholded(rows).where("confidence < threshold").drop("threshold");
  }

  private Dataset<Row> thresholded(Dataset<Row> rows) {
    return rows.withColumn("batch", functions.col("batch").cast(DataTypes.LongType))
        .join(thresholds, "batch");
  }

  private Dataset<Row> undecided(Dataset<Row> rows) {
    return rows.join(
        verdicts.where(functions.col("state").equalTo(Verdicts.FINAL)).select("source"),
        rows.col("source").equalTo(verdicts.col("source")),
        "left_anti");
  }

  /**
   * Returns what the desk shows of some pictures, in the order in which it is keyed, with {@code
   * answers} and {@code keyedBy} of the verdicts. A page has even or odd digits, so that many of
   * one are there to be compared; which of them comes next is left to lots, so that nobody expects
   * it.
   */
  Dataset<Row> desk(Dataset<Row> pictures) {
    Dataset<Row> left = thresholded(pictures).where("reason is not null or confidence < threshold");
    Column group = functions.coalesce(functions.col("digit"), functions.lit(0)).mod(2);
    return withLot(left)
        .join(verdicts, "source", "left_outer")
        .where(functions.expr("state is null or state <> '" + Verdicts.FINAL + "'"))
        .orderBy(group, functions.col("lot"), functions.col("source"));
  }

  private static Dataset<Row> withLot(Dataset<Row> rows) {
    return rows.withColumn(
        "lot",
        functions
            .udf((UDF1<String, Double>) source -> SourceHash.lot(source), DataTypes.DoubleType)
            .apply(functions.col("source")));
  }
}
