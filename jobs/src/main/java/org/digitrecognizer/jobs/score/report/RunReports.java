package org.digitrecognizer.jobs.score.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.MetricsFile;
import org.digitrecognizer.evaluation.OperatingPoint;
import org.digitrecognizer.evaluation.Throughput;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.SumCheck;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.reading.Truth;
import org.digitrecognizer.review.Desk;
import org.digitrecognizer.review.SourceHash;
import org.digitrecognizer.review.Verdict;

/** The two reports at the end of a run: on its new images, and on the whole output. */
public final class RunReports {

  private final FileSystem fs;
  private final OutputLayout layout;
  private final ReportOptions options;
  private final Truth truth;
  private final SparkSession spark;
  private final DeskPages desk;

  /** Null until there are rows to be added up. */
  private OutputFigures figures;

  /**
   * What the reports are of.
   *
   * @param run number of this run
   * @param fresh records of its chunks
   * @param records of all chunks
   * @param plans of all batches
   * @param totals of all rows before this run; empty if they are to be counted
   * @param thresholds of runs that came to their end, by number
   * @param again whether rows of before are gone, since their files were read again
   * @param seconds that reading the fresh ones took
   */
  public record Subject(
      long run,
      List<CommitRecord> fresh,
      List<CommitRecord> records,
      List<Plan> plans,
      Optional<Evaluation> totals,
      Map<Long, Double> thresholds,
      boolean again,
      double seconds) {

    private List<Plan> freshPlans() {
      return plans.stream().filter(plan -> plan.run() == run).toList();
    }

    private Column freshBatches() {
      return OutputFigures.from(fresh.stream().mapToLong(CommitRecord::batch).min().orElse(0));
    }
  }

  /**
   * What came of them.
   *
   * @param metrics of the whole output
   * @param totals of all rows by the labels in them; empty where this run knows other labels
   * @param known readings whose truth this run knows
   * @param late of them those that do not have it in their rows
   * @param review what is to be checked by a person, of the whole output
   * @param threshold of this run, for its record; null if there was nothing new
   * @param runPage the page on this run; empty if there was nothing new
   */
  public record Written(
      Metrics metrics,
      Optional<Evaluation> totals,
      long known,
      long late,
      Path review,
      Double threshold,
      Optional<Path> runPage) {}

  public RunReports(
      SparkSession spark, FileSystem fs, OutputLayout layout, ReportOptions options, Truth truth) {
    this.fs = fs;
    this.layout = layout;
    this.options = options;
    this.truth = truth;
    this.desk = new DeskPages(fs, layout);
    this.spark = spark;
  }

  /** Copies what a person has worked on to the report that takes the place of another. */
  public static void keepReviews(FileSystem fs, OutputLayout from, OutputLayout to)
      throws IOException {
    ReviewFile.keep(fs, from, to);
  }

  /** Returns the address of the page on the whole output. */
  public static Path page(OutputLayout layout) {
    return ScoreReport.page(layout.report());
  }

  /** Returns the address of the page on a run. */
  public static Path runPage(OutputLayout layout, long run) {
    return ScoreReport.page(runDirectory(layout, run));
  }

  /** Returns what adds up the rows of the output, as they are when it is first asked for. */
  public OutputFigures figures() {
    if (figures == null) {
      figures = new OutputFigures(spark, layout, options.form());
    }
    return figures;
  }

  /**
   * Returns what stands in the report of an earlier run, if this one has nothing to add to it.
   *
   * @param totals of all rows, as that run has left them
   */
  public Optional<Written> unchanged(Optional<Evaluation> totals) throws IOException {
    Path file = new Path(layout.report(), ScoreReport.METRICS);
    Path review = new Path(layout.report(), ReviewFile.REVIEW + ".csv");
    if (totals.isEmpty() || truth != Truth.UNKNOWN) {
      return Optional.empty();
    }
    try (InputStream in = fs.open(file)) {
      Metrics metrics = MetricsFile.read(in, file.toString());
      boolean same =
          metrics.targetError() == options.targetError()
              && metrics.labelled() == totals.get().labelled()
              && fs.exists(ScoreReport.page(layout.report()))
              && fs.exists(review)
              && desk.areOf(deskState());
      return same
          ? Optional.of(new Written(metrics, totals, 0, 0, review, null, Optional.empty()))
          : Optional.empty();
    } catch (FileNotFoundException | UserException e) {
      // A report can be made again.
      return Optional.empty();
    }
  }

  /** Checks the sums and writes the reports. */
  public Written write(Model model, Subject subject, PictureRows pictures) throws IOException {
    List<CommitRecord> fresh = subject.fresh;
    List<CommitRecord> records = subject.records;
    DeskPages.State state = deskState();
    Optional<Tally> run =
        fresh.isEmpty() ? Optional.empty() : Optional.of(tally(subject.freshBatches(), fresh));
    Tally whole = whole(subject, run);
    Double threshold = run.map(this::threshold).orElse(null);
    // Asked for by each list and by the desk.
    Dataset<Row> verdicts =
        Verdicts.of(spark, layout.corrections(), state.answers(), rule()).cache();
    ReviewQueue queue =
        new ReviewQueue(
            spark,
            figures(),
            records.stream().mapToLong(CommitRecord::found).sum(),
            verdicts,
            thresholds(subject, threshold, threshold(whole)));
    ScoreReport report = new ScoreReport(fs, options, queue);
    Optional<Path> runPage = Optional.empty();
    if (run.isPresent()) {
      Path directory = runDirectory(layout, subject.run);
      Pictures shown = PictureRows.shown(pictures.of(fresh), truth);
      ScoreReport.Subject about = runReport(subject, directory, shown);
      report.write(about, run.get(), model);
      about.settle();
      runPage = Optional.of(ScoreReport.page(directory));
    }
    Dataset<Row> allPictures = pictures.of(records);
    desk.write(queue.desk(allPictures), queue.count(), about(), state);
    ScoreReport.Subject about =
        wholeReport(subject, records, PictureRows.shown(allPictures, truth));
    Metrics metrics = report.write(about, whole, model);
    about.settle();
    verdicts.unpersist();
    return new Written(
        metrics,
        truth == Truth.UNKNOWN ? Optional.of(whole.evaluation()) : Optional.empty(),
        whole.known(),
        whole.late(),
        about.review().path(),
        threshold,
        runPage);
  }

  private DeskPages.State deskState() throws IOException {
    return new DeskPages.State(Verdicts.files(fs, layout.corrections()), options.doubleKey());
  }

  private Verdict.Rule rule() {
    return options.doubleKey() ? Verdict.Rule.TWO_BLIND : Verdict.Rule.ONE;
  }

  private Desk.About about() {
    return new Desk.About(
        SourceHash.id(layout.inPlace().root().toString()),
        options.form(),
        options.doubleKey(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private double threshold(Tally tally) {
    Evaluation evaluation = tally.evaluation();
    return evaluation
        .automation(evaluation.basis(), options.targetError())
        .chosen()
        .map(OperatingPoint::threshold)
        .orElse(ReviewQueue.NOTHING_STANDS);
  }

  /** Returns the threshold of each batch: that of the run that read it, fixed when that ended. */
  private static Map<Long, Double> thresholds(Subject subject, Double own, double whole) {
    Map<Long, Double> thresholds = new TreeMap<>();
    for (CommitRecord record : subject.records) {
      Double fixed = record.run() == subject.run ? own : subject.thresholds.get(record.run());
      thresholds.put(record.batch(), fixed == null ? whole : fixed);
    }
    return thresholds;
  }

  private Tally whole(Subject subject, Optional<Tally> run) {
    if (run.isPresent() && subject.fresh.size() == subject.records.size()) {
      return run.get();
    }
    if (subject.totals.isEmpty() || truth != Truth.UNKNOWN || subject.again) {
      return tally(OutputFigures.all(), subject.records);
    }
    Tally sum = Tally.of(subject.totals.get());
    run.ifPresent(sum::merge);
    requireComplete(sum, subject.records);
    return sum;
  }

  private Tally tally(Column batches, List<CommitRecord> records) {
    Tally tally = figures().tally(batches, truth);
    requireComplete(tally, records);
    return tally;
  }

  private void requireComplete(Tally tally, List<CommitRecord> records) {
    Evaluation rows = tally.evaluation();
    long rejected = rows.rejected().values().stream().mapToLong(Long::longValue).sum();
    long written =
        records.stream().mapToLong(record -> counted(record) + record.rejectedCount()).sum();
    SumCheck.requireComplete(layout, written, rows.scored(), rejected);
  }

  /** Under a form it is numbers that are counted, each in a row of its own. */
  private long counted(CommitRecord record) {
    return options.form() ? record.numbersCount() : record.readings();
  }

  private ScoreReport.Subject runReport(Subject subject, Path directory, Pictures pictures) {
    return new ScoreReport.Subject(
        directory,
        "Scoring report, run " + subject.run,
        "What was new in this run.",
        "All that was ever read into this output",
        "../../index.html",
        subject.freshBatches(),
        found(subject.fresh),
        pictures,
        throughput(subject.fresh, subject.freshPlans(), subject.seconds),
        ReviewFile.in(fs, directory, ReviewFile.REVIEW),
        ReviewFile.in(fs, directory, ReviewFile.REJECTED),
        "../../" + DeskPages.INDEX);
  }

  private ScoreReport.Subject wholeReport(
      Subject subject, List<CommitRecord> records, Pictures allPictures) throws IOException {
    long run = subject.fresh.isEmpty() ? subject.run - 1 : subject.run;
    double seconds = records.stream().mapToDouble(CommitRecord::seconds).sum();
    return new ScoreReport.Subject(
        layout.report(),
        "Scoring report",
        "All that was ever read into this output.",
        "What was new in the last run",
        run == 0 ? null : "runs/" + run + "/index.html",
        OutputFigures.all(),
        found(records),
        allPictures,
        throughput(records, subject.plans, seconds),
        ReviewFile.of(fs, layout, ReviewFile.REVIEW, subject.run),
        ReviewFile.of(fs, layout, ReviewFile.REJECTED, subject.run),
        DeskPages.INDEX);
  }

  private static Path runDirectory(OutputLayout layout, long run) {
    return new Path(layout.report(), "runs/" + run);
  }

  private static Throughput throughput(
      List<CommitRecord> records, List<Plan> plans, double seconds) {
    return new Throughput(
        found(records),
        plans.stream().mapToLong(Plan::files).sum(),
        plans.stream().mapToLong(Plan::bytes).sum(),
        seconds);
  }

  private static long found(List<CommitRecord> records) {
    return records.stream().mapToLong(CommitRecord::found).sum();
  }
}
