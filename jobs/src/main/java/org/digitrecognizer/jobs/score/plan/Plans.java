// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.source.Due;
import org.digitrecognizer.jobs.score.source.SourceFiles;
import org.digitrecognizer.storage.JsonFile;
import org.digitrecognizer.storage.StoredFile;

/**
 * The saved plans of an output: the only memory of what was read. The ranges of a batch are Parquet
 * in a folder; the sealed JSON beside it, written last, makes them a plan.
 */
public final class Plans {

  private static final Pattern MARKER = Pattern.compile("batch=(\\d+)\\.json");

  private static final StructType KNOWN =
      new StructType()
          .add(SourceFiles.PATH, DataTypes.StringType)
          .add(SourceFiles.MODIFIED, DataTypes.LongType)
          .add(SourceFiles.LENGTH, DataTypes.LongType)
          .add(PlanRows.BATCH, DataTypes.LongType);

  /** The files of so many plans are read from their own Parquet before they are folded. */
  private static final int MOST_UNFOLDED = 16;

  private static final Comparator<Row> BY_FILE =
      Comparator.comparing((Row row) -> row.<String>getAs(PlanRows.PATH))
          .thenComparing(row -> row.<Long>getAs(PlanRows.ORDINAL));

  private final SparkSession spark;
  private final FileSystem fs;
  private final OutputLayout layout;
  private final NavigableMap<Long, Plan> plans = new TreeMap<>();

  /** Null where none are folded. */
  private FoldedFiles folded;

  private Plans(SparkSession spark, FileSystem fs, OutputLayout layout) {
    this.spark = spark;
    this.fs = fs;
    this.layout = layout;
  }

  /**
   * Reads what the plans come to.
   *
   * @param folded those that need not be read again
   * @param files those of folded plans; null if there are none, passed over if they are not whole
   */
  public static Plans open(
      SparkSession spark,
      FileSystem fs,
      OutputLayout layout,
      Collection<Plan> folded,
      FoldedFiles files)
      throws IOException {
    Plans all = new Plans(spark, fs, layout);
    folded.forEach(plan -> all.plans.put(plan.batch(), plan));
    all.folded = files != null && files.isWhole(fs, layout) ? files : null;
    if (fs.exists(layout.plans())) {
      for (FileStatus child : fs.listStatus(layout.plans())) {
        Matcher name = MARKER.matcher(child.getPath().getName());
        if (name.matches() && !all.plans.containsKey(Long.parseLong(name.group(1)))) {
          JsonFile.readIfWhole(fs, child.getPath(), Plan.class)
              .ifPresent(plan -> all.plans.put(plan.batch(), plan));
        }
      }
    }
    return all;
  }

  /** Returns the plans that were saved whole, by batch. */
  public List<Plan> all() {
    return List.copyOf(plans.values());
  }

  /** Returns the plan of a batch if it was saved whole. */
  public Optional<Plan> find(long batch) {
    return Optional.ofNullable(plans.get(batch));
  }

  /** Returns the number of the next batch. */
  public long next() {
    return plans.isEmpty() ? 0 : plans.lastKey() + 1;
  }

  /** Returns the ranges of all plans, rows of {@link PlanRows}; empty if there is no plan. */
  public Optional<Dataset<Row>> rows() {
    return plans.isEmpty() ? Optional.empty() : Optional.of(read(plans.values()));
  }

  /** Returns the files of all plans as they were last planned: path, modified, length and batch. */
  public Dataset<Row> known() {
    Collection<Plan> unfolded = unfolded().values();
    Dataset<Row> files =
        folded == null
            ? spark.createDataFrame(List.<Row>of(), KNOWN)
            : spark.read().schema(KNOWN).parquet(folded.path(layout).toString());
    if (!unfolded.isEmpty()) {
      Dataset<Row> more =
          read(unfolded)
              .select(
                  col(PlanRows.PATH),
                  col(PlanRows.MODIFIED),
                  col(PlanRows.LENGTH),
                  col(PlanRows.BATCH));
      files = folded == null ? more : files.union(more);
    }
    return files
        .toDF(KNOWN.fieldNames())
        .groupBy(SourceFiles.PATH)
        .agg(
            max_by(col(SourceFiles.MODIFIED), col(PlanRows.BATCH)).as(SourceFiles.MODIFIED),
            max_by(col(SourceFiles.LENGTH), col(PlanRows.BATCH)).as(SourceFiles.LENGTH),
            max(PlanRows.BATCH).as(PlanRows.BATCH));
  }

  private NavigableMap<Long, Plan> unfolded() {
    return folded == null ? plans : plans.tailMap(folded.batch(), false);
  }

  /** Folds the files of the plans if many are not, and returns those that are; null if none. */
  public FoldedFiles fold() throws IOException {
    if (unfolded().size() > MOST_UNFOLDED) {
      long batch = plans.lastKey();
      Path folder = layout.foldedFiles(batch);
      write(known(), folder);
      folded = new FoldedFiles(batch, written(folder).get(0));
    }
    return folded;
  }

  /** Returns the ranges of a plan, rows of {@link PlanRows}. */
  public Dataset<Row> rows(Plan plan) {
    return read(List.of(plan));
  }

  private Dataset<Row> read(Collection<Plan> some) {
    String[] files =
        some.stream()
            .flatMap(plan -> plan.ranges().stream().map(file -> path(plan, file).toString()))
            .toArray(String[]::new);
    return spark
        .read()
        .schema(PlanRows.DEALT_SCHEMA.add(PlanRows.BATCH, DataTypes.LongType))
        .option("basePath", layout.plans().toString())
        .parquet(files);
  }

  private Path path(Plan plan, StoredFile file) {
    return new Path(layout.plan(plan.batch()), file.name());
  }

  /**
   * Returns the ranges of a chunk, by task, each in the order of the files, as rows of {@link
   * PlanRows}.
   *
   * @param chunk from 0
   * @param cores how many tasks run at the same time
   */
  public List<List<Row>> tasks(Plan plan, long chunk, int cores) {
    // Sorted here: Spark would take two jobs more for some dozens of rows.
    List<Row> ranges =
        new ArrayList<>(
            rows(plan).where(functions.col(PlanRows.CHUNK).equalTo(chunk)).collectAsList());
    ranges.sort(BY_FILE);
    return Tasks.of(ranges, cores);
  }

  /** Returns the files of a batch that an earlier one had, too. */
  public List<String> again(Plan plan) {
    return rows(plan)
        .where(col(PlanRows.DUE).isin((Object[]) PlanRows.AGAIN))
        .select(PlanRows.PATH)
        .distinct()
        .as(Encoders.STRING())
        .collectAsList();
  }

  /**
   * Returns the files that were read again since they had been rewritten, with the batch that did
   * so: {@code archive} and {@code batch}.
   */
  public Dataset<Row> rewritten() {
    return read(plans.values().stream().filter(plan -> plan.again() > 0).toList())
        .where(col(PlanRows.DUE).equalTo(Due.REWRITTEN.name()))
        .select(col(PlanRows.PATH).as("archive"), col(PlanRows.BATCH))
        .distinct();
  }

  /** Returns the chunks of earlier batches that hold files of this one: batch and chunk. */
  public List<Row> chunksWithFilesOf(Plan plan) {
    Dataset<Row> files =
        rows(plan)
            .where(col(PlanRows.DUE).isin((Object[]) PlanRows.AGAIN))
            .select(col(PlanRows.PATH).as("again"))
            .distinct();
    return read(plans.headMap(plan.batch()).values())
        .join(files, col(PlanRows.PATH).equalTo(col("again")), "left_semi")
        .select(PlanRows.BATCH, PlanRows.CHUNK)
        .distinct()
        .collectAsList();
  }

  /**
   * Saves the plan of the next batch.
   *
   * @param run number of the run
   * @param dealt as {@link Planner#deal} returns it
   */
  public Plan save(long run, DealtRanges dealt) throws IOException {
    long batch = next();
    Path folder = layout.plan(batch);
    write(dealt.rows(), folder);
    Plan plan = dealt.written(batch, run, written(folder));
    JsonFile.seal(fs, layout.planMarker(batch), plan);
    plans.put(batch, plan);
    return plan;
  }

  private static void write(Dataset<Row> rows, Path folder) {
    rows.coalesce(1).write().mode(SaveMode.Overwrite).parquet(folder.toString());
  }

  private List<StoredFile> written(Path folder) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    for (FileStatus file : fs.listStatus(folder)) {
      if (!file.getPath().getName().startsWith("_")) {
        files.add(StoredFile.of(fs, file.getPath()));
      }
    }
    return files;
  }
}
