package org.digitrecognizer.jobs.score.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.evaluation.NumberOutcome;
import org.digitrecognizer.evaluation.NumberSpecimen;
import org.digitrecognizer.evaluation.RejectSamples;
import org.digitrecognizer.evaluation.RejectedScan;
import org.digitrecognizer.evaluation.Specimen;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.reading.Truth;
import org.digitrecognizer.review.GreyPng;

/**
 * The pictures that executors have kept beside the rows. They are comfort: a report goes without
 * those that have gone, or are damaged. No more of them are in memory than a report shows.
 */
public final class PictureRows {

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "source string, archive string, ordinal bigint, entry string, page int, digit int,"
              + " confidence double, probabilities array<float>, label int, pixels binary,"
              + " reason string, detail string, picture binary, sure boolean, batch bigint"
              // Of numbers only.
              + ", sheet string, field string, number string, second string,"
              + " secondConfidence double, unconstrained string, status string, trueNumber string,"
              + " digits array<struct<position: int, digit: int, confidence: double,"
              + " box: struct<left: int, top: int, width: int, height: int>>>");

  private final SparkSession spark;
  private final FileSystem fs;
  private final OutputLayout layout;
  private final Consumer<String> note;

  /**
   * @param note says that pictures are left out
   */
  public PictureRows(
      SparkSession spark, FileSystem fs, OutputLayout layout, Consumer<String> note) {
    this.spark = spark;
    this.fs = fs;
    this.layout = layout;
    this.note = note;
  }

  /** Returns the pictures of some chunks, a row each. */
  Dataset<Row> of(List<CommitRecord> records) throws IOException {
    List<String> files = new ArrayList<>();
    Set<Long> cells =
        records.stream()
            .filter(CommitRecord::madeOfCells)
            .map(CommitRecord::batch)
            .collect(Collectors.toSet());
    for (CommitRecord record : records) {
      // Those of single cells have gone, or are about to: their number has one of all of them.
      if (record.pictures() == null || cells.contains(record.batch()) != record.madeOfCells()) {
        continue;
      }
      Path chunk = new Path(layout.pictures(), OutputLayout.chunk(record.batch(), record.chunk()));
      Path file = new Path(chunk, record.pictures().file().name());
      if (record.pictures().file().hasLength(fs, file)) {
        files.add(file.toString());
      } else if (fs.exists(chunk)) {
        // Where the folder has gone, too, somebody has cleared the pictures away on purpose.
        note.accept(file + " is missing or damaged; the report goes without its pictures");
      }
    }
    return files.isEmpty()
        ? spark.createDataFrame(List.<Row>of(), SCHEMA)
        : spark
            .read()
            .schema(SCHEMA)
            .option("basePath", layout.pictures().toString())
            .option("ignoreCorruptFiles", true)
            .option("ignoreMissingFiles", true)
            .parquet(files.toArray(String[]::new));
  }

  /**
   * Returns what a report on some chunks shows.
   *
   * @param truth that this run knows; where it knows none, the label in a row stands
   * @param ofNumbers whether they are of numbers of a form, not of digits
   */
  static Pictures shown(Dataset<Row> rows, Truth truth, boolean ofNumbers) {
    if (ofNumbers) {
      return new Pictures(List.of(), List.of(), numbers(rows, truth), rejects(rows));
    }
    Column confidence = functions.col("confidence");
    // Those of the audit would show, beside what was read, what people are to key blind.
    Dataset<Row> readings =
        rows.where(functions.col("digit").isNotNull().and(functions.col("sure").isNull()));
    List<Specimen> leastCertain =
        specimens(
            readings.orderBy(confidence, functions.col("source")).limit(Pictures.LEAST_CERTAIN),
            truth);
    List<Specimen> mistakes =
        specimens(
            readings
                .filter((FilterFunction<Row>) row -> isMistake(row, truth))
                .orderBy(confidence.desc(), functions.col("source"))
                .limit(Pictures.MISTAKES),
            truth);
    return new Pictures(leastCertain, mistakes, List.of(), rejects(rows));
  }

  private static List<NumberSpecimen> numbers(Dataset<Row> rows, Truth truth) {
    return rows
        .where("field is not null and reason is null")
        .orderBy("confidence", "source")
        .limit(Pictures.LEAST_CERTAIN)
        .collectAsList()
        .stream()
        .map(row -> number(row, truth))
        .toList();
  }

  private static NumberSpecimen number(Row row, Truth truth) {
    List<NumberSpecimen.Piece> pieces = new ArrayList<>();
    for (Object one : row.getList(row.fieldIndex("digits"))) {
      Row digit = (Row) one;
      Row box = digit.getAs("box");
      if (digit.getAs("digit") == null) {
        // A cell that was rejected.
        continue;
      }
      pieces.add(
          new NumberSpecimen.Piece(
              digit.getAs("digit"),
              digit.getAs("confidence"),
              box.getAs("left"),
              box.getAs("top"),
              box.getAs("width"),
              box.getAs("height")));
    }
    return new NumberSpecimen(
        row.getAs("source"),
        row.getAs("sheet"),
        row.getAs("field"),
        kind(row),
        row.getAs("number"),
        row.getAs("confidence"),
        row.getAs("second"),
        row.getAs("secondConfidence"),
        row.getAs("unconstrained"),
        truth
            .number(row.getAs("source"), row.getAs("sheet"), row.getAs("field"))
            .orElse(row.getAs("trueNumber")),
        scan(row).orElseThrow(),
        pieces);
  }

  /** Rows of an earlier version have no status: they were read. */
  private static NumberOutcome.Kind kind(Row row) {
    String status = row.getAs("status");
    return status == null ? NumberOutcome.Kind.READ : NumberOutcome.Kind.valueOf(status);
  }

  private static RejectSamples rejects(Dataset<Row> rows) {
    Column place =
        functions.row_number().over(Window.partitionBy("reason").orderBy("source", "ordinal"));
    RejectSamples samples = new RejectSamples(Pictures.REJECTS_A_REASON);
    rows.where(functions.col("reason").isNotNull())
        .withColumn("place", place)
        .where(functions.col("place").leq(Pictures.REJECTS_A_REASON))
        .collectAsList()
        .forEach(
            row ->
                samples.add(
                    new RejectedScan(
                        row.getAs("source"),
                        Reason.valueOf(row.getAs("reason")),
                        row.getAs("detail"),
                        scan(row))));
    return samples;
  }

  private static List<Specimen> specimens(Dataset<Row> rows, Truth truth) {
    return rows.collectAsList().stream()
        .map(
            row ->
                Specimen.of(
                    row.getAs("source"),
                    DigitImage.of(row.getAs("pixels")),
                    ScoreReport.reading(row),
                    truth(row, truth),
                    scan(row)))
        .toList();
  }

  private static boolean isMistake(Row row, Truth truth) {
    OptionalInt known = truth(row, truth);
    return known.isPresent() && known.getAsInt() != row.<Integer>getAs("digit");
  }

  private static OptionalInt truth(Row row, Truth truth) {
    OptionalInt known = truth.of(row.getAs("source"), row.<String>getAs("entry"));
    Integer label = row.getAs("label");
    return known.isPresent() || label == null ? known : OptionalInt.of(label);
  }

  private static Optional<GreyImage> scan(Row row) {
    try {
      return Optional.of(GreyPng.decode(row.getAs("picture")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
