package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.score.output.ChunkFiles;
import org.digitrecognizer.jobs.score.output.CommitLog;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.OutputLock;
import org.digitrecognizer.jobs.score.output.OutputRows;
import org.digitrecognizer.jobs.score.output.SumCheck;
import org.digitrecognizer.jobs.score.output.Superseding;
import org.digitrecognizer.jobs.score.plan.BatchPlan;
import org.digitrecognizer.jobs.score.plan.Planner;
import org.digitrecognizer.jobs.score.report.OutputFigures;
import org.digitrecognizer.jobs.score.report.RunLog;
import org.digitrecognizer.jobs.score.report.RunPictures;
import org.digitrecognizer.jobs.score.report.RunRecord;
import org.digitrecognizer.jobs.score.report.RunReports;
import org.digitrecognizer.jobs.score.run.ChunkPipeline;
import org.digitrecognizer.jobs.score.run.ChunkRunner;
import org.digitrecognizer.jobs.score.run.ChunkSettings;
import org.digitrecognizer.jobs.score.source.LateFiles;
import org.digitrecognizer.jobs.score.source.LateFiles.Kind;
import org.digitrecognizer.jobs.score.source.LeftFiles;
import org.digitrecognizer.jobs.score.source.SourceFiles;
import org.digitrecognizer.jobs.score.status.RunMonitor;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.report.Numbers;

/** One run over an output: its batches, their chunks, and the report at the end. */
final class ScoringRun {

  private static final double NANOS = 1e9;

  private final SparkSession spark;
  private final FileSystem fs;
  private final OutputLayout layout;
  private final Configuration configuration;
  private final OutputLock lock;
  private final boolean reread;
  private final long settledBefore;
  private final RunMonitor monitor;
  private final RunRecord last;
  private final Planner planner;
  private final CommitLog commits;
  private final ChunkRunner chunks;
  private final ChunkFiles files;
  private final RunReports reports;
  private final RunPictures pictures;
  private final long start = System.nanoTime();
  private LeftFiles left = LeftFiles.NONE;

  /** What a run that was cut short took for the chunks that are this one's, too. */
  private double secondsBefore;

  ScoringRun(
      SparkSession spark,
      Configuration configuration,
      OutputLayout layout,
      OutputLock lock,
      ScoreOptions options,
      ChunkSettings settings,
      RunMonitor monitor,
      RunRecord last)
      throws IOException {
    this.spark = spark;
    this.fs = layout.root().getFileSystem(configuration);
    this.layout = layout;
    this.configuration = configuration;
    this.lock = lock;
    this.reread = options.reread();
    this.settledBefore = options.settledBefore();
    this.monitor = monitor;
    this.last = last;
    this.planner = new Planner(spark, fs, layout, options.chunkImages());
    this.commits = new CommitLog(fs, layout);
    this.files = new ChunkFiles(fs, configuration);
    this.pictures = new RunPictures(fs, layout);
    this.chunks =
        new ChunkRunner(
            JavaSparkContext.fromSparkContext(spark.sparkContext()),
            configuration,
            layout,
            lock,
            settings,
            pictures);
    this.reports = new RunReports(spark, fs, layout, options, settings.truths(), pictures);
  }

  /** Makes the output ready, and takes up what a run that died has left. */
  void start() throws IOException {
    files.writeSchema(layout.predictions(), OutputRows.PREDICTIONS);
    files.writeSchema(layout.rejected(), OutputRows.REJECTED);
    for (CommitRecord record : newRecords()) {
      pictures.load(record);
      secondsBefore += record.seconds();
    }
    for (BatchPlan.Summary summary : planner.summaries()) {
      if (summary.batch() < 0 && summary.chunks() > 0 && last.isNew(summary.batch())) {
        readLate(planner.saved(summary.batch()).orElseThrow());
      }
    }
  }

  /**
   * Reads what Spark's stream does not hand out: files that were left alone and have settled, those
   * that were empty or not there when it looked, and, if the user said so, those that were
   * rewritten or could not be read.
   */
  void late(SourceFiles files) throws IOException {
    Optional<Dataset<Row>> plans = planner.allRows();
    if (plans.isEmpty()) {
      return;
    }
    Dataset<Row> unread = OutputFigures.unread(spark, layout, last);
    try (LateFiles late = LateFiles.find(plans.get(), files.all(), unread, settledBefore)) {
      long deferred = late.count(Kind.WAITING);
      Set<Kind> due = Kind.due(reread);
      if (due.stream().anyMatch(kind -> late.count(kind) > 0)) {
        long batch =
            planner.summaries().stream().mapToLong(BatchPlan.Summary::batch).min().orElse(0);
        BatchPlan plan = planner.plan(Math.min(batch, 0) - 1, late.files(due), settledBefore);
        deferred += plan.summary().deferred();
        readLate(plan);
      }
      left =
          new LeftFiles(
              deferred,
              reread ? 0 : late.count(Kind.REWRITTEN),
              reread ? 0 : late.count(Kind.UNREAD));
    }
  }

  private void readLate(BatchPlan plan) throws IOException {
    long batch = plan.summary().batch();
    Set<String> again = LateFiles.readBefore(planner.allRows().orElseThrow(), batch);
    if (!again.isEmpty()) {
      Superseding superseding = new Superseding(configuration, layout, lock, batch);
      for (CommitRecord record : commits.all()) {
        // Batches of late files count downwards: one below has read these files later than this.
        if (record.batch() > batch) {
          superseding.remove(record, again);
        }
      }
    }
    work(plan);
  }

  /**
   * Works off a batch, or what is left of it.
   *
   * @param batch its number
   * @param newcomers columns of {@link SourceFiles}
   */
  void batch(Dataset<Row> newcomers, long batch) throws IOException {
    Optional<BatchPlan> saved = planner.saved(batch);
    work(saved.isPresent() ? saved.get() : plan(newcomers, batch));
  }

  /** A file that came after the stream had looked may have been read as a late one before. */
  private BatchPlan plan(Dataset<Row> newcomers, long batch) throws IOException {
    Optional<Dataset<Row>> plans = planner.allRows();
    Dataset<Row> unplanned =
        plans.isPresent() ? LateFiles.newOf(newcomers, plans.get()) : newcomers;
    return planner.plan(batch, unplanned, settledBefore);
  }

  private void work(BatchPlan plan) throws IOException {
    long batch = plan.summary().batch();
    long done = 0;
    for (long chunk = 0; chunk < plan.summary().chunks(); chunk++) {
      done += commits.find(batch, chunk).map(CommitRecord::planned).orElse(0L);
    }
    long uncounted = plan.summary().uncounted();
    if (uncounted > 0) {
      monitor.note(
          new Numbers().count(uncounted, "archive")
              + " can only be read from front to back (compressed tar, or damaged), each by one"
              + " task");
    }
    monitor.scoring(plan.summary(), done);
    ChunkPipeline.run(plan.summary().chunks(), chunk -> chunks.run(plan, chunk));
  }

  /** Checks the sums, writes the reports, and says that the run has come to its end. */
  ScoreResult finish(Model model) throws IOException {
    monitor.reporting();
    lock.requireHeld();
    fs.delete(layout.staging(), true);
    double seconds = secondsBefore + (System.nanoTime() - start) / NANOS;
    List<CommitRecord> all = commits.all();
    List<CommitRecord> fresh = all.stream().filter(record -> last.isNew(record.batch())).toList();
    List<BatchPlan.Summary> plans = planner.summaries();
    SumCheck.requireComplete(layout, plans, all);
    ScoreResult result = reports.write(model, last, all, plans, readAgain(plans), left, seconds);
    if (!fresh.isEmpty()) {
      RunRecord record = record(plans);
      new RunLog(fs, layout).write(record);
      pictures.deleteBefore(record.run(), fresh);
    }
    monitor.done();
    return result;
  }

  /** Returns the files that late batches of this run have read again, by batch. */
  private SortedMap<Long, Set<String>> readAgain(List<BatchPlan.Summary> plans) throws IOException {
    SortedMap<Long, Set<String>> readAgain = new TreeMap<>();
    for (BatchPlan.Summary plan : plans) {
      if (plan.batch() < 0 && last.isNew(plan.batch())) {
        readAgain.put(
            plan.batch(), LateFiles.readBefore(planner.allRows().orElseThrow(), plan.batch()));
      }
    }
    return readAgain;
  }

  /** Of plans, since a batch need not have had a chunk. */
  private RunRecord record(List<BatchPlan.Summary> plans) {
    long batches = plans.stream().mapToLong(BatchPlan.Summary::batch).max().orElse(-1);
    long extra = plans.stream().mapToLong(BatchPlan.Summary::batch).min().orElse(0);
    return new RunRecord(
        last.run() + 1,
        Math.max(last.batches(), batches),
        Math.min(last.extraBatches(), extra),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private List<CommitRecord> newRecords() throws IOException {
    return commits.all().stream().filter(record -> last.isNew(record.batch())).toList();
  }
}
