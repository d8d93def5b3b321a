// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.jobs.score.output.CommitLog;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.storage.Requests;

/**
 * The cells of a batch and, where earlier batches have cells of the same sheets, those and the
 * numbers that they made. Only loose files come one by one: an archive's cells lie in one batch.
 */
final class CellTable {

  /** A number of before: not a cell, but what says that it is there. */
  static final int OLD = 0;

  static final int EARLIER = 1;
  static final int FRESH = 2;

  private static final String CELL =
      "source string, archive string, ordinal bigint, page int, sheet string, field string,"
          + " position int, confidence double, probabilities array<float>, reason string,"
          + " batch bigint";
  private static final String NUMBER =
      "source string, archive string, sheet string, field string, batch bigint";
  private static final String CELL_PICTURE =
      "source string, archive string, ordinal bigint, entry string, page int, sheet string,"
          + " field string, reason string, detail string, picture binary";
  private static final String NUMBER_PICTURE =
      "archive string, sheet string, field string, reason string, picture binary, digits"
          + " array<struct<position: int, box: struct<left: int, top: int, width: int, height:"
          + " int>>>";

  private static final String[] PLACE = {"source", "ordinal", "page"};
  private static final String[] SHEET = {"archive", "sheet"};
  private static final String[] KEY = {"archive", "sheet", "field"};

  private final SparkSession spark;
  private final FileSystem fs;
  private final OutputLayout layout;
  private final CommitLog commits;
  private final String looseArchive;
  private final Plan plan;
  private final Dataset<Row> fresh;

  /** Null where no earlier batch has cells of the same sheets. */
  private final Dataset<Row> old;

  /**
   * @param looseArchive of numbers whose cells are loose files
   * @param plan of a batch whose chunks are all done
   */
  CellTable(
      SparkSession spark,
      FileSystem fs,
      OutputLayout layout,
      CommitLog commits,
      String looseArchive,
      Plan plan)
      throws IOException {
    this.spark = spark;
    this.fs = fs;
    this.layout = layout;
    this.commits = commits;
    this.looseArchive = looseArchive;
    this.plan = plan;
    this.fresh = cells(batch -> batch == plan.batch(), lit(true));
    this.old = old();
  }

  private Dataset<Row> old() throws IOException {
    Dataset<Row> loose = fresh.where(isLoose());
    if (plan.batch() == 0 || loose.isEmpty()) {
      return null;
    }
    return read(layout.numbers(), NUMBER, this::isEarlier)
        .where(isLoose())
        .join(loose.select("archive", "sheet").distinct(), SHEET, "left_semi");
  }

  private boolean isEarlier(long batch) {
    return batch < plan.batch();
  }

  private Column isLoose() {
    return col("archive").equalTo(looseArchive);
  }

  /** Whether a file lies below the folder that loose cells are named after. */
  private Column isBelow() {
    return col("archive").startsWith(looseArchive + "/");
  }

  /**
   * Returns how many numbers are to be put together: one for each field of each sheet of which a
   * cell has come, but for those that are there and of which none has.
   *
   * @param fields of the form
   */
  long expected(int fields) {
    long all = fresh.select("archive", "sheet").distinct().count() * fields;
    return old == null ? all : all - old.join(freshKeys(), KEY, "left_anti").count();
  }

  private Dataset<Row> freshKeys() {
    return fresh.select("archive", "sheet", "field").distinct();
  }

  /** Returns the numbers of before that are put together anew: source, their name, and batch. */
  List<Row> replaced() {
    return old == null
        ? List.of()
        : old.join(freshKeys(), KEY, "left_semi").select("source", "batch").collectAsList();
  }

  /**
   * Returns a row a cell, and a row of kind {@link #OLD} a number of before, all of a sheet in one
   * partition, by field and position; {@code first} is what positions are counted from, {@code
   * damaged} is null but of archives that have lost images that nothing names.
   */
  Dataset<Row> bySheet() throws IOException {
    Dataset<Row> rows =
        withNothing(
            fresh
                .drop("batch")
                .join(
                    cellPictures().select("source", "ordinal", "page", "picture"),
                    PLACE,
                    "left_outer"),
            FRESH);
    Dataset<Row> positions = fresh.select("archive", "position");
    if (old != null) {
      Dataset<Row> earlier = cells(this::isEarlier, isBelow()).where(isLoose()).drop("batch");
      Dataset<Row> sheets = fresh.where(isLoose()).select("archive", "sheet").distinct();
      Dataset<Row> before =
          withNothing(
              earlier
                  .join(sheets, SHEET, "left_semi")
                  .withColumn("picture", lit(null).cast("binary")),
              EARLIER);
      rows = rows.unionByName(before).unionByName(oldNumbers(rows.schema()));
      positions = positions.unionAll(earlier.select("archive", "position"));
    }
    Dataset<Row> firsts =
        positions.groupBy("archive").agg(functions.expr("if(min(position) = 0, 0, 1) as first"));
    Column cellsLater = col("kind").gt(OLD);
    return rows.join(firsts, "archive")
        .join(damaged(), new String[] {"archive"}, "left_outer")
        .repartition(col("archive"), col("sheet"))
        .sortWithinPartitions(
            col("archive"),
            col("sheet"),
            col("field"),
            cellsLater,
            col("position"),
            col("source"),
            col("ordinal"),
            col("page"));
  }

  /** Returns the batch's archives of which images are lost that nothing names. */
  private Dataset<Row> damaged() throws IOException {
    return read(layout.rejected(), "archive string, entry string", batch -> batch == plan.batch())
        .where("entry is null")
        .select("archive")
        .distinct()
        .withColumn("damaged", lit(true));
  }

  private static Dataset<Row> withNothing(Dataset<Row> cells, int kind) {
    String digits = StructType.fromDDL(NUMBER_PICTURE).apply("digits").dataType().sql();
    return cells.withColumn("kind", lit(kind)).withColumn("digits", lit(null).cast(digits));
  }

  /** Numbers of before, with the pictures that their cells can be cut out of. */
  private Dataset<Row> oldNumbers(StructType schema) throws IOException {
    List<CommitRecord> records =
        commits.all().stream()
            .filter(record -> record.madeOfCells() && isEarlier(record.batch()))
            .toList();
    Dataset<Row> pictures =
        pictures(records, NUMBER_PICTURE).where("field is not null and reason is null");
    Dataset<Row> rows =
        old.drop("batch")
            .join(pictures.drop("reason"), KEY, "left_outer")
            .withColumn("kind", lit(OLD));
    for (String name : schema.fieldNames()) {
      if (!List.of(rows.columns()).contains(name)) {
        rows = rows.withColumn(name, lit(null).cast(schema.apply(name).dataType()));
      }
    }
    return rows;
  }

  /** Returns the pictures of this batch's cells, and of its rejects. */
  Dataset<Row> cellPictures() throws IOException {
    List<CommitRecord> records =
        commits.all().stream()
            .filter(record -> record.batch() == plan.batch() && !record.madeOfCells())
            .toList();
    return pictures(records, CELL_PICTURE);
  }

  private Dataset<Row> pictures(List<CommitRecord> records, String columns) throws IOException {
    List<String> files = new ArrayList<>();
    for (CommitRecord record : records) {
      if (record.pictures() != null) {
        Path chunk =
            new Path(layout.pictures(), OutputLayout.chunk(record.batch(), record.chunk()));
        Path file = new Path(chunk, record.pictures().file().name());
        if (record.pictures().file().hasLength(fs, file)) {
          files.add(file.toString());
        }
      }
    }
    StructType schema = StructType.fromDDL(columns);
    return files.isEmpty()
        ? spark.createDataFrame(List.<Row>of(), schema)
        : spark
            .read()
            .schema(schema)
            .option("ignoreCorruptFiles", true)
            .option("ignoreMissingFiles", true)
            .parquet(files.toArray(String[]::new));
  }

  /**
   * Cells of some batches, read or rejected; archive is that of their number.
   *
   * @param which of them, by the file that they lie in
   */
  private Dataset<Row> cells(LongPredicate batches, Column which) throws IOException {
    Column inArchive = col("source").startsWith(concat(col("archive"), lit("!/")));
    return read(layout.predictions(), CELL, batches)
        .unionByName(read(layout.rejected(), CELL, batches).where("field is not null"))
        .where(which)
        .withColumn(
            "archive", functions.when(inArchive, col("archive")).otherwise(lit(looseArchive)));
  }

  private Dataset<Row> read(Path kind, String columns, LongPredicate batches) throws IOException {
    List<String> folders = new ArrayList<>();
    for (FileStatus child : Requests.list(fs, kind)) {
      String name = child.getPath().getName();
      if (name.matches("batch=\\d+") && batches.test(Long.parseLong(name.substring(6)))) {
        folders.add(child.getPath().toString());
      }
    }
    StructType schema = StructType.fromDDL(columns);
    return folders.isEmpty()
        ? spark.createDataFrame(List.<Row>of(), schema)
        : spark
            .read()
            .schema(schema)
            .option("basePath", kind.toString())
            .parquet(folders.toArray(String[]::new))
            .select(
                List.of(schema.fieldNames()).stream().map(functions::col).toArray(Column[]::new));
  }
}
