// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.run;

import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;
import org.digitrecognizer.jobs.score.output.ChunkFiles;
import org.digitrecognizer.jobs.score.output.CommitLog;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.SumCheck;
import org.digitrecognizer.jobs.score.output.Superseding;
import org.digitrecognizer.jobs.score.output.Written;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.jobs.score.rows.CellRows;
import org.digitrecognizer.jobs.score.rows.PartWriter;
import org.digitrecognizer.review.AuditLots;
import org.digitrecognizer.storage.OutputLock;

/**
 * Puts the numbers of a batch together when all its cells are read, and commits them under a record
 * of their own, whose chunk number is the one behind the batch's last. A number of which a cell
 * came earlier is made anew from all of them; its old row goes just before the new one is there, so
 * that no number is there twice at any time.
 */
public final class CellNumbers {

  /** So many rejects of a reason keep their picture, to be shown. */
  private static final int REJECTS_A_REASON = 12;

  private static final double NANOS = 1e9;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final FileSystem fs;
  private final SerializableConfiguration configuration;
  private final OutputLayout layout;
  private final OutputLock lock;
  private final long run;
  private final CommitLog commits;
  private final ChunkSettings settings;

  /** What is done before rows of earlier batches are replaced. */
  public interface BeforeReplacing {
    public void run() throws IOException;
  }

  /**
   * @param run number of the run
   * @param settings with a form whose images are cells
   */
  public CellNumbers(
      SparkSession spark,
      Configuration configuration,
      OutputLayout layout,
      OutputLock lock,
      long run,
      CommitLog commits,
      ChunkSettings settings)
      throws IOException {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.fs = layout.root().getFileSystem(configuration);
    this.configuration = new SerializableConfiguration(configuration);
    this.layout = layout;
    this.lock = lock;
    this.run = run;
    this.commits = commits;
    this.settings = settings;
  }

  /**
   * Makes sure that the numbers of a batch are committed and published.
   *
   * @param plan of a batch whose chunks are all done
   * @param before called before numbers of earlier batches go
   * @return whether there were such numbers
   */
  public boolean assemble(Plan plan, BeforeReplacing before) throws IOException {
    boolean replaces = false;
    if (commits.find(plan.batch(), plan.chunks()).isEmpty()) {
      lock.requireHeld();
      context.setJobDescription("Putting the numbers of batch " + plan.batch() + " together");
      try {
        replaces = put(plan, before);
      } finally {
        context.setJobDescription(null);
      }
    }
    discardCellPictures(plan);
    return replaces;
  }

  private boolean put(Plan plan, BeforeReplacing before) throws IOException {
    long start = System.nanoTime();
    CellTable table =
        new CellTable(spark, fs, layout, commits, settings.cells().looseArchive(), plan);
    Path staging = commits.staging(plan.batch(), plan.chunks());
    fs.delete(staging, true);
    long expected = table.expected(settings.form().fields().size());
    List<TaskResult> results = write(table, settings.audit().among(expected), staging);
    Written numbers = join(results.stream().map(TaskResult::numbers), staging, layout.numbers());
    Written pictures = join(results.stream().map(TaskResult::pictures), staging, layout.pictures());
    CommitRecord record =
        CommitRecord.ofCells(
            plan.batch(),
            plan.chunks(),
            run,
            numbers.part(),
            pictures.part(),
            (System.nanoTime() - start) / NANOS,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    SumCheck.requireNumbers(plan.batch(), expected, record.numbersCount());
    boolean replaces = remove(table.replaced(), plan, before);
    lock.requireHeld();
    commits.commit(record);
    commits.publish(record);
    return replaces;
  }

  private List<TaskResult> write(CellTable table, AuditLots audit, Path staging)
      throws IOException {
    Task task = new Task(staging.toString(), lock.token(), settings, audit, configuration);
    List<TaskResult> results =
        new ArrayList<>(
            table
                .bySheet()
                .toJavaRDD()
                .mapPartitions(rows -> List.of(task.run(rows)).iterator())
                .collect());
    results.add(rejects(table.cellPictures(), staging));
    return results;
  }

  /**
   * Puts numbers together in a task.
   *
   * @param token names the run, so that what executors of a dead one still write is no file of this
   * @param audit which of the sure numbers' pictures are kept
   */
  private record Task(
      String staging,
      String token,
      ChunkSettings settings,
      AuditLots audit,
      SerializableConfiguration configuration)
      implements Serializable {

    TaskResult run(Iterator<Row> rows) throws IOException {
      String part =
          String.format(
              "%05d-%d-%s.parquet",
              TaskContext.getPartitionId(), TaskContext.get().taskAttemptId(), token);
      Configuration hadoop = configuration.value();
      try (PartWriter numbers = new PartWriter(new Path(staging, "n-" + part), hadoop);
          PartWriter pictures = new PartWriter(new Path(staging, "s-" + part), hadoop)) {
        long count = new SheetNumbers(settings, audit, numbers, pictures).write(rows);
        return new TaskResult(null, null, numbers.fileName(), count, 0, pictures.fileName());
      }
    }
  }

  /** Keeps some pictures of rejects, for the report. */
  private TaskResult rejects(Dataset<Row> pictures, Path staging) throws IOException {
    List<Row> shown =
        pictures
            .where("reason is not null")
            .withColumn(
                "place",
                functions
                    .row_number()
                    .over(Window.partitionBy("reason").orderBy("source", "ordinal")))
            .where(functions.col("place").leq(REJECTS_A_REASON))
            .collectAsList();
    try (PartWriter rows =
        new PartWriter(
            new Path(staging, "r-" + lock.token() + ".parquet"), configuration.value())) {
      for (Row row : shown) {
        rows.write(CellRows.rejectPicture(row));
      }
      return new TaskResult(null, null, null, 0, 0, rows.fileName());
    }
  }

  /** Puts what tasks staged into one file, on an executor. */
  private Written join(Stream<String> files, Path staging, Path kind) {
    List<String> parts = files.filter(Objects::nonNull).toList();
    String target =
        new Path(new Path(staging, kind.getName()), "part-" + lock.token() + ".parquet").toString();
    SerializableConfiguration hadoop = configuration;
    return context
        .parallelize(List.of(target), 1)
        .map(file -> joined(parts, new Path(file), hadoop.value()))
        .first();
  }

  private static Written joined(List<String> parts, Path target, Configuration configuration)
      throws IOException {
    return new ChunkFiles(target.getFileSystem(configuration), configuration)
        .write(parts.stream().map(Path::new).toList(), target);
  }

  /** Takes numbers out that are put together anew. */
  private boolean remove(List<Row> replaced, Plan plan, BeforeReplacing before) throws IOException {
    if (replaced.isEmpty()) {
      return false;
    }
    before.run();
    Set<Long> batches =
        replaced.stream()
            .map(row -> row.<Long>getAs("batch"))
            .collect(Collectors.toCollection(TreeSet::new));
    List<CommitRecord> holding =
        commits.all().stream()
            .filter(record -> record.madeOfCells() && batches.contains(record.batch()))
            .toList();
    Set<String> names =
        replaced.stream().map(row -> row.<String>getAs("source")).collect(Collectors.toSet());
    new Superseding(context, configuration.value(), layout, lock, commits)
        .removeNumbers(holding, names, plan.batch());
    return true;
  }

  /** Of a batch whose numbers are there, the pictures of single cells are of no use any more. */
  private void discardCellPictures(Plan plan) throws IOException {
    Optional<CommitRecord> numbers = commits.find(plan.batch(), plan.chunks());
    for (long chunk = 0; numbers.isPresent() && chunk < plan.chunks(); chunk++) {
      fs.delete(new Path(layout.pictures(), OutputLayout.chunk(plan.batch(), chunk)), true);
    }
  }
}
