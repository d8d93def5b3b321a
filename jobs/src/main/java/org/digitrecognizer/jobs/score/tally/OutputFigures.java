// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.tally;

import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.rows.NumberRows;
import org.digitrecognizer.jobs.score.rows.OutputRows;
import org.digitrecognizer.jobs.score.source.SourceFiles;
import org.digitrecognizer.reading.Truth;

/** Adds up what an output holds, by reading the rows that everybody sees. */
public final class OutputFigures {

  private static final String BATCH = "batch";
  private static final String NOT_KEYED = "string(null) as keyed";
  private static final StructType UNREAD =
      new StructType().add("archive", DataTypes.StringType).add("reason", DataTypes.StringType);

  private final Dataset<Row> predictions;

  /** Null where digits are read and not numbers. */
  private final Dataset<Row> numbers;

  private final Dataset<Row> rejected;

  /**
   * Adds up the rows that are there now.
   *
   * @param ofNumbers whether what is counted is numbers and not digits
   */
  public OutputFigures(SparkSession spark, OutputLayout layout, boolean ofNumbers) {
    this.predictions = rows(spark, layout.predictions(), OutputRows.PREDICTIONS);
    this.numbers =
        ofNumbers
            ? rows(spark, layout.numbers(), NumberRows.NUMBERS)
                .withColumn("source", functions.expr("coalesce(source, sources[0])"))
            : null;
    this.rejected = rows(spark, layout.rejected(), OutputRows.REJECTED);
  }

  /**
   * Returns the readings of some batches, digits or numbers, each with its {@code source}; see
   * {@link #from} and {@link #all}.
   */
  public Dataset<Row> readings(Column batches) {
    return (numbers == null ? predictions : numbers).where(batches);
  }

  /**
   * Returns the readings of some batches that stand without a person: {@code source}, {@code
   * archive}, {@code batch} and, as {@code read}, the digit or the number.
   *
   * @param threshold they are at least so sure
   */
  public Dataset<Row> standing(Column batches, double threshold) {
    String read = numbers == null ? "string(digit)" : "if(status = 'READ', number, null)";
    return readings(batches)
        .where(functions.col("confidence").geq(threshold))
        .selectExpr("source", "archive", BATCH, read + " as read")
        .where("read is not null");
  }

  /** Returns the rejects of some batches; see {@link #from} and {@link #all}. */
  public Dataset<Row> rejected(Column batches) {
    return rejected.where(batches);
  }

  /**
   * Returns where everything was found that was ever read or rejected: source and entry, of numbers
   * their sheet, and keyed, of numbers their sheet and field.
   */
  public Dataset<Row> places() {
    Dataset<Row> read =
        numbers == null
            ? predictions.selectExpr("source", "entry", NOT_KEYED)
            : numbers.selectExpr("source", "sheet as entry", "concat(sheet, '#', field) as keyed");
    return read.unionAll(rejected.selectExpr("source", "entry", NOT_KEYED));
  }

  /** Chooses all batches. */
  public static Column all() {
    return functions.lit(true);
  }

  /** Chooses the batches from one on. */
  static Column from(long batch) {
    return functions.col(BATCH).geq(batch);
  }

  /**
   * Returns the files of which something could not be read though it may be another time: their
   * storage failed, or they had gone. A column path.
   *
   * @param records of all chunks; only those are read that have such a reject
   */
  public static Dataset<Row> unread(
      SparkSession spark, OutputLayout layout, List<CommitRecord> records) {
    String[] files =
        records.stream()
            .filter(record -> record.unread() > 0)
            .map(record -> file(layout, record).toString())
            .toArray(String[]::new);
    Dataset<Row> rejected =
        files.length == 0
            ? spark.createDataFrame(List.<Row>of(), UNREAD)
            : spark.read().schema(UNREAD).parquet(files);
    return rejected
        .where(functions.col("reason").isin(Reason.READ_ERROR.name(), Reason.MISSING.name()))
        .select(functions.col("archive").as(SourceFiles.PATH))
        .distinct();
  }

  private static Path file(OutputLayout layout, CommitRecord record) {
    Path chunk = new Path(layout.rejected(), OutputLayout.chunk(record.batch(), record.chunk()));
    return new Path(chunk, record.rejected().file().name());
  }

  /**
   * Adds up readings and rejects of some batches.
   *
   * @param truth what this run knows of it
   */
  public Tally tally(Column batches, Truth truth) {
    JavaRDD<Tally> readings = numbers == null ? digits(batches, truth) : numbers(batches, truth);
    JavaRDD<Tally> rejects =
        rejected
            .where(batches)
            .select("reason")
            .toJavaRDD()
            .mapPartitions(rows -> List.of(rejects(rows)).iterator());
    Tally sum = new Tally();
    readings.union(rejects).collect().forEach(sum::merge);
    return sum;
  }

  private JavaRDD<Tally> numbers(Column batches, Truth truth) {
    return numbers
        .where(batches)
        .select("field", "status", "number", "confidence", "validMass", "label", "source", "sheet")
        .toJavaRDD()
        .mapPartitions(rows -> List.of(numbers(rows, truth)).iterator());
  }

  private static Tally numbers(Iterator<Row> rows, Truth truth) {
    Tally tally = new Tally();
    rows.forEachRemaining(
        row ->
            tally.addNumber(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getDouble(3),
                row.getDouble(4),
                row.getString(5),
                truth.number(row.getString(6), row.getString(7), row.getString(0))));
    return tally;
  }

  private JavaRDD<Tally> digits(Column batches, Truth truth) {
    boolean labels = truth != Truth.UNKNOWN;
    return predictions
        .where(batches)
        .select(
            functions.col("digit"),
            functions.col("confidence"),
            functions.col("label"),
            // Long columns, which no one needs to read where there are no labels.
            labels ? functions.col("source") : functions.lit(""),
            labels ? functions.col("entry") : functions.lit(""))
        .toJavaRDD()
        .mapPartitions(rows -> List.of(tally(rows, truth)).iterator());
  }

  /**
   * Spark makes the column of batches out of the names of folders: as long as there is none of
   * these there is no row, and no column either.
   */
  private static Dataset<Row> rows(SparkSession spark, Path directory, MessageType columns) {
    // Said, or Spark would run a job to look for it in the files.
    StructType schema =
        new ParquetToSparkSchemaConverter(spark.sessionState().conf()).convert(columns);
    Dataset<Row> rows = spark.read().schema(schema).parquet(directory.toString());
    boolean empty = !List.of(rows.columns()).contains(BATCH);
    return empty ? rows.withColumn(BATCH, functions.lit(0)) : rows;
  }

  private static Tally tally(Iterator<Row> rows, Truth truth) {
    Tally tally = new Tally();
    while (rows.hasNext()) {
      Row row = rows.next();
      Integer label = row.isNullAt(2) ? null : row.getInt(2);
      tally.add(
          row.getInt(0), row.getDouble(1), label, truth.of(row.getString(3), row.getString(4)));
    }
    return tally;
  }

  private static Tally rejects(Iterator<Row> rows) {
    Tally tally = new Tally();
    rows.forEachRemaining(row -> tally.evaluation().reject(Reason.valueOf(row.getString(0))));
    return tally;
  }

  /** Returns the reading that a row of predictions, or of pictures, holds. */
  public static Reading reading(Row row) {
    Object[] boxed = row.getList(row.fieldIndex("probabilities")).toArray();
    float[] values = new float[boxed.length];
    for (int i = 0; i < boxed.length; i++) {
      values[i] = (Float) boxed[i];
    }
    return Reading.recorded(values, row.getAs("confidence"));
  }
}
