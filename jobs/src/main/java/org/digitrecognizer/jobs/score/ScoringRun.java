// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.jobs.launch.console.Pace;
import org.digitrecognizer.jobs.launch.spark.ExecutorCores;
import org.digitrecognizer.jobs.launch.spark.Pipeline;
import org.digitrecognizer.jobs.score.output.ChunkFiles;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.RunLog;
import org.digitrecognizer.jobs.score.output.SumCheck;
import org.digitrecognizer.jobs.score.output.Superseding;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.jobs.score.plan.PlanRows;
import org.digitrecognizer.jobs.score.plan.Planner;
import org.digitrecognizer.jobs.score.plan.Plans;
import org.digitrecognizer.jobs.score.report.PictureRows;
import org.digitrecognizer.jobs.score.report.ReportOptions;
import org.digitrecognizer.jobs.score.report.ReportsWritten;
import org.digitrecognizer.jobs.score.report.RunReports;
import org.digitrecognizer.jobs.score.rows.CellRows;
import org.digitrecognizer.jobs.score.rows.NumberRows;
import org.digitrecognizer.jobs.score.rows.OutputRows;
import org.digitrecognizer.jobs.score.run.CellNumbers;
import org.digitrecognizer.jobs.score.run.ChunkRunner;
import org.digitrecognizer.jobs.score.run.ChunkSettings;
import org.digitrecognizer.jobs.score.source.Due;
import org.digitrecognizer.jobs.score.source.DueFiles;
import org.digitrecognizer.jobs.score.source.SourceFiles;
import org.digitrecognizer.jobs.score.standing.Couplings;
import org.digitrecognizer.jobs.score.status.RunMonitor;
import org.digitrecognizer.jobs.score.tally.OutputFigures;
import org.digitrecognizer.jobs.score.tally.ReportSubject;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.report.Numbers;
import org.digitrecognizer.storage.OutputLock;

/** One run over an output: what is due, its chunks, and the report at the end. */
final class ScoringRun {

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Configuration configuration;
  private final FileSystem fs;
  private final OutputLayout layout;
  private final OutputLock lock;
  private final ScoreOptions options;
  private final OutputRecords records;
  private final RunMonitor monitor;
  private final PictureRows pictures;
  private final ChunkRunner chunks;
  private final RunReports reports;
  private final long run;

  /** Puts numbers together; null unless images are cells. */
  private final CellNumbers cells;

  /** Whether numbers of earlier batches have given way to those that a later cell made anew. */
  private boolean replaced;

  /** Files that were left, since they were not to be read by this run. */
  private Left left = new Left(0, 0, 0);

  /**
   * Files that a run leaves.
   *
   * @param deferred that changed too recently
   * @param changed that were rewritten since they were read
   * @param unread that could not be read to their end before, and can be tried again
   */
  private record Left(long deferred, long changed, long unread) {}

  ScoringRun(
      SparkSession spark,
      Configuration configuration,
      OutputLayout layout,
      OutputLock lock,
      ScoreOptions options,
      ReportOptions reporting,
      ChunkSettings settings,
      OutputRecords records,
      RunMonitor monitor)
      throws IOException {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.configuration = configuration;
    this.fs = layout.root().getFileSystem(configuration);
    this.layout = layout;
    this.lock = lock;
    this.options = options;
    this.records = records;
    this.monitor = monitor;
    this.run = records.last().run() + 1;
    this.pictures = new PictureRows(spark, fs, layout, monitor::note);
    this.chunks =
        new ChunkRunner(
            context,
            configuration,
            layout,
            lock,
            run,
            records.plans(),
            records.commits(),
            settings);
    this.cells =
        settings.cells() == null
            ? null
            : new CellNumbers(spark, configuration, layout, lock, run, records.commits(), settings);
    Couplings couplings = Couplings.of(settings.form());
    this.reports = new RunReports(spark, fs, layout, reporting, settings.truth(), couplings);
  }

  /** Reads what a run that died has left, and then what is due. */
  void read(SourceFiles files) throws IOException {
    ChunkFiles schemas = new ChunkFiles(fs, configuration);
    schemas.writeSchema(
        layout.predictions(),
        options.form() == null ? OutputRows.PREDICTIONS : NumberRows.PREDICTIONS);
    if (options.form() != null) {
      schemas.writeSchema(layout.numbers(), NumberRows.NUMBERS);
    }
    schemas.writeSchema(layout.rejected(), cells == null ? OutputRows.REJECTED : CellRows.REJECTED);
    for (Plan plan : records.unfinished(cells != null)) {
      work(plan);
    }
    monitor.stage("Listing " + options.archives());
    Plans plans = records.plans();
    Dataset<Row> unread = OutputFigures.unread(spark, layout, records.old());
    try (DueFiles due =
        DueFiles.find(
            files.files(), plans.known(), unread, options.settledBefore(), options.reread())) {
      if (due.isAny()) {
        Planner planner = new Planner(spark, options.chunkImages(), cores());
        monitor.stage("Planning batch " + plans.next());
        work(plans.save(run, planner.deal(planner.rangesOf(due.files()))));
      }
      boolean reread = options.reread();
      left =
          new Left(
              due.count(Due.WAITING),
              reread ? 0 : due.count(Due.REWRITTEN),
              reread ? 0 : due.count(Due.UNREAD));
    }
  }

  private int cores() {
    return ExecutorCores.count(spark.sparkContext());
  }

  private void work(Plan plan) throws IOException {
    long done = 0;
    for (long chunk = 0; chunk < plan.chunks(); chunk++) {
      done += records.commits().find(plan.batch(), chunk).map(CommitRecord::planned).orElse(0L);
    }
    if (plan.uncounted() > 0) {
      monitor.note(
          new Numbers().count(plan.uncounted(), "archive")
              + " can only be read from front to back (compressed tar, or damaged), each by one"
              + " task");
    }
    supersede(plan);
    monitor.scoring(plan, done);
    int cores = cores();
    Pipeline.run(plan.chunks(), chunk -> chunks.run(plan, chunk, cores));
    if (cells != null) {
      monitor.read("Putting the numbers of batch " + plan.batch() + " together");
      replaced |= cells.assemble(plan, records::unfold);
    }
  }

  /** Takes the rows of before of files that are read again out of the chunks that hold them. */
  private void supersede(Plan plan) throws IOException {
    if (plan.again() == 0) {
      return;
    }
    records.unfold();
    List<Row> chunksWithFiles = records.plans().chunksWithFilesOf(plan);
    List<CommitRecord> holding =
        new ArrayList<>(
            chunksWithFiles.stream().map(this::record).flatMap(Optional::stream).toList());
    Set<Long> batches = new HashSet<>();
    chunksWithFiles.forEach(chunk -> batches.add(chunk.<Long>getAs(PlanRows.BATCH)));
    records.commits().all().stream()
        .filter(record -> record.madeOfCells() && batches.contains(record.batch()))
        .forEach(holding::add);
    // Their rows are gone; what they came to stays.
    holding.removeIf(record -> records.expired().has(record));
    new Superseding(context, configuration, layout, lock, records.commits())
        .remove(holding, new HashSet<>(records.plans().again(plan)), plan.batch());
  }

  private Optional<CommitRecord> record(Row chunk) {
    return records
        .commits()
        .find(chunk.<Long>getAs(PlanRows.BATCH), chunk.<Long>getAs(PlanRows.CHUNK));
  }

  /** Checks the sums, writes the reports, and records that the run has come to its end. */
  ScoreResult report(Model model, Truths truths) throws IOException {
    List<CommitRecord> fresh = records.fresh();
    double seconds = seconds(fresh);
    monitor.reporting(new Pace(found(fresh), seconds));
    lock.requireHeld();
    fs.delete(layout.staging(), true);
    List<CommitRecord> all = records.commits().all();
    SortedMap<Long, Long> planned = new TreeMap<>();
    records.plans().all().forEach(plan -> planned.put(plan.batch(), plan.leastImages()));
    SumCheck.requireComplete(layout, planned, all);
    Optional<ReportsWritten> unchanged =
        fresh.isEmpty() ? reports.unchanged(records.totals()) : Optional.empty();
    ReportsWritten written =
        unchanged.isPresent()
            ? unchanged.get()
            : reports.write(
                model,
                new ReportSubject(
                    run,
                    fresh,
                    all,
                    records.plans(),
                    records.totals(),
                    records.ended(),
                    again(),
                    seconds),
                pictures);
    if (fresh.isEmpty()) {
      records.foldIfMissing(written.totals().orElse(null));
    } else {
      records.end(ended(written), written.totals().orElse(null));
    }
    return result(truths, fresh, written, seconds);
  }

  /**
   * Returns what reading took, also of chunks that a run has read that was cut short. It is this
   * time that all figures of seconds and of images a second go by: that of chunks adds up, whoever
   * read them.
   */
  private static double seconds(List<CommitRecord> records) {
    return records.stream().mapToDouble(CommitRecord::seconds).sum();
  }

  private static long found(List<CommitRecord> records) {
    return records.stream().mapToLong(CommitRecord::found).sum();
  }

  private RunLog.Run ended(ReportsWritten written) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new RunLog.Run(run, now, written.threshold(), written.audit());
  }

  /** Whether batches of this run have taken rows of earlier ones out. */
  private boolean again() {
    return replaced
        || records.plans().all().stream().anyMatch(plan -> plan.run() == run && plan.again() > 0);
  }

  private ScoreResult result(
      Truths truths, List<CommitRecord> fresh, ReportsWritten written, double seconds) {
    long files =
        records.plans().all().stream()
            .filter(plan -> plan.run() == run)
            .mapToLong(Plan::files)
            .sum();
    boolean empty = records.commits().all().isEmpty();
    return new ScoreResult(
        files,
        found(fresh),
        fresh.stream().mapToLong(CommitRecord::scored).sum(),
        fresh.stream().mapToLong(CommitRecord::rejectedCount).sum(),
        cells == null ? 0 : fresh.stream().mapToLong(CommitRecord::numbersCount).sum(),
        left.deferred,
        left.changed,
        left.unread,
        truths.labels(),
        empty ? truths.labels() : truths.unmatched(() -> reports.figures().places()),
        written.known(),
        written.late(),
        seconds,
        written.metrics(),
        written.certificate(),
        RunReports.page(layout.inPlace()),
        new Path(layout.inPlace().report(), written.review().getName()),
        written.calibration(),
        written.runPage().map(page -> RunReports.runPage(layout.inPlace(), run)));
  }
}
