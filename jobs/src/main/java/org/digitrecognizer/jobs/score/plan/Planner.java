package org.digitrecognizer.jobs.score.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.archive.ArchivePlanner;
import org.digitrecognizer.jobs.launch.spark.ExecutorCores;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.run.Attempts;
import org.digitrecognizer.jobs.score.source.SourceFiles;
import org.digitrecognizer.reading.PlannedRange;
import org.digitrecognizer.storage.JsonFile;

/**
 * Plans batches of files: on the executors each file is split into ranges of entries, and the
 * ranges are dealt out to chunks and tasks. A plan is saved before it is worked off, so that a run
 * that starts again finds the very same chunks.
 */
public final class Planner {

  /** A range of large scans ends here, so that a task is some seconds whatever their size. */
  private static final long RANGE_BYTES = 64L << 20;

  private static final long LEAST_TASK_IMAGES = 256;
  private static final long MOST_TASK_IMAGES = 2048;
  private static final int TASKS_A_CORE = 4;

  private final SparkSession spark;
  private final FileSystem fs;
  private final OutputLayout layout;
  private final long chunkImages;

  /** 0 until it is known how many tasks run at the same time. */
  private long taskImages;

  /**
   * @param chunkImages the most images of a chunk, at least 1
   */
  public Planner(SparkSession spark, FileSystem fs, OutputLayout layout, long chunkImages) {
    this.spark = spark;
    this.fs = fs;
    this.layout = layout;
    this.chunkImages = chunkImages;
  }

  /** Returns how many images a task reads at most; less than a chunk, unless that is one image. */
  static long taskImages(long chunkImages, int cores) {
    long even = chunkImages / ((long) TASKS_A_CORE * cores);
    long wanted = Math.max(LEAST_TASK_IMAGES, Math.min(MOST_TASK_IMAGES, even));
    return Math.max(1, Math.min(wanted, chunkImages / 2));
  }

  private long taskImages() {
    if (taskImages == 0) {
      taskImages = taskImages(chunkImages, ExecutorCores.count(spark.sparkContext()));
    }
    return taskImages;
  }

  /** Returns the plan of a batch if it was saved whole. */
  public Optional<BatchPlan> saved(long batch) throws IOException {
    return JsonFile.readIfWhole(fs, marker(batch), BatchPlan.Summary.class)
        .map(summary -> new BatchPlan(summary, dealt(batch)));
  }

  /** Returns what the plans that were saved whole come to, in no order. */
  public List<BatchPlan.Summary> summaries() throws IOException {
    List<BatchPlan.Summary> summaries = new ArrayList<>();
    if (fs.exists(layout.plans())) {
      for (FileStatus child : fs.listStatus(layout.plans())) {
        if (child.isFile()) {
          JsonFile.readIfWhole(fs, child.getPath(), BatchPlan.Summary.class)
              .ifPresent(summaries::add);
        }
      }
    }
    return summaries;
  }

  /** Returns the ranges of all plans that were saved whole, with a column for the batch. */
  public Optional<Dataset<Row>> allRows() throws IOException {
    String[] saved =
        summaries().stream()
            .map(summary -> rows(summary.batch()).toString())
            .toArray(String[]::new);
    return saved.length == 0
        ? Optional.empty()
        : Optional.of(
            spark
                .read()
                .schema(PlanRows.DEALT_SCHEMA.add(PlanRows.BATCH, DataTypes.LongType))
                .option("basePath", layout.plans().toString())
                .parquet(saved));
  }

  private Dataset<Row> dealt(long batch) {
    return spark.read().schema(PlanRows.DEALT_SCHEMA).parquet(rows(batch).toString());
  }

  /**
   * Plans a batch and saves the plan.
   *
   * @param files columns of {@link SourceFiles}
   * @param settledBefore a file that changed later is left for a later run, in milliseconds since
   *     1970
   */
  public BatchPlan plan(long batch, Dataset<Row> files, long settledBefore) throws IOException {
    Path directory = rows(batch);
    fs.delete(directory, true);
    Column settled = SourceFiles.settledBefore(settledBefore);
    dealt(rangesOf(files.where(settled)))
        .unionByName(deferred(files.where(functions.not(settled))))
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(directory.toString());
    Dataset<Row> rows = dealt(batch);
    BatchPlan.Summary summary = summarise(batch, rows);
    JsonFile.write(fs, marker(batch), summary);
    return new BatchPlan(summary, rows);
  }

  private Dataset<Row> deferred(Dataset<Row> files) {
    JavaRDD<Row> rows =
        files
            .toJavaRDD()
            .map(
                file ->
                    PlanRows.of(
                        PlannedRange.unreadable(
                            file.getAs(SourceFiles.PATH),
                            file.<Long>getAs(SourceFiles.MODIFIED),
                            file.<Long>getAs(SourceFiles.LENGTH),
                            "It has only just changed")));
    return spark
        .createDataFrame(rows, PlanRows.SCHEMA)
        .withColumn(PlanRows.CHUNK, functions.lit(PlanRows.DEFERRED))
        .withColumn(PlanRows.TASK, functions.lit(PlanRows.DEFERRED));
  }

  /**
   * Splits files into ranges, and saves nothing.
   *
   * @param files columns of {@link SourceFiles}
   */
  public Dataset<Row> rangesOf(Dataset<Row> files) {
    return spark.createDataFrame(ranges(files), PlanRows.SCHEMA);
  }

  private JavaRDD<Row> ranges(Dataset<Row> files) {
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    Attempts attempts = Attempts.of(spark.sparkContext());
    long mostEntries = taskImages();
    return files
        .toJavaRDD()
        .mapPartitions(
            partition ->
                new FileRanges(
                    new ArchivePlanner(configuration.value(), mostEntries, RANGE_BYTES),
                    attempts.isLast(),
                    partition));
  }

  /**
   * Deals ranges out in the order of the files. A range whose first image is the n-th goes to chunk
   * n / (chunk - task): since it has no more than a task's images, the chunk has no more than its
   * own. Only what cannot be split is larger; it takes no numbers that others could have had.
   */
  private Dataset<Row> dealt(Dataset<Row> ranges) {
    long stride = Math.max(1, chunkImages - taskImages());
    return ranges
        .withColumn(
            "start",
            functions
                .sum(PlanRows.WEIGHT)
                .over(
                    Window.orderBy(PlanRows.PATH, PlanRows.ORDINAL)
                        .rowsBetween(Window.unboundedPreceding(), Window.currentRow()))
                .minus(functions.col(PlanRows.WEIGHT)))
        .withColumn(PlanRows.CHUNK, functions.floor(functions.expr("start / " + stride)))
        .withColumn(PlanRows.TASK, functions.floor(functions.expr("start / " + taskImages())))
        .withColumn(
            PlanRows.CHUNK,
            functions
                .dense_rank()
                .over(Window.orderBy(PlanRows.CHUNK))
                .minus(1)
                .cast(DataTypes.LongType))
        .drop("start");
  }

  private static BatchPlan.Summary summarise(long batch, Dataset<Row> rows) {
    Column now = functions.col(PlanRows.CHUNK).geq(0);
    Column files = functions.col(PlanRows.FILES);
    Row sums =
        rows.groupBy(functions.col(PlanRows.PATH), now.as("now"))
            .agg(
                functions.max(functions.col(PlanRows.CHUNK)).plus(1).as("chunks"),
                functions.sum(functions.greatest(files, functions.lit(0))).as("images"),
                functions.count_if(files.lt(0)).as("uncounted"),
                functions.first(PlanRows.LENGTH).as("bytes"))
            .agg(
                functions.expr("count_if(now)"),
                functions.expr("max(chunks)"),
                functions.expr("sum(images) filter (where now)"),
                functions.expr("sum(uncounted) filter (where now)"),
                functions.expr("sum(bytes) filter (where now)"),
                functions.expr("count_if(not now)"))
            .first();
    return new BatchPlan.Summary(
        batch,
        orZero(sums, 0),
        orZero(sums, 1),
        orZero(sums, 2),
        orZero(sums, 3),
        orZero(sums, 4),
        orZero(sums, 5));
  }

  private static long orZero(Row row, int column) {
    return row.isNullAt(column) ? 0 : row.getLong(column);
  }

  private Path rows(long batch) {
    return new Path(layout.plans(), "batch=" + batch);
  }

  private Path marker(long batch) {
    return new Path(layout.plans(), "batch=" + batch + ".json");
  }
}
