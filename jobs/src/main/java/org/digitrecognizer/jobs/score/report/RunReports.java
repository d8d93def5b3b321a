package org.digitrecognizer.jobs.score.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.MetricsFile;
import org.digitrecognizer.evaluation.Throughput;
import org.digitrecognizer.jobs.score.ScoreOptions;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.SumCheck;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.reading.Truth;

/** The two reports at the end of a run: on its new images, and on the whole output. */
public final class RunReports {

  private final FileSystem fs;
  private final OutputLayout layout;
  private final ScoreOptions options;
  private final Truth truth;
  private final SparkSession spark;

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
   * @param readAgain files whose rows of before are gone, by the batch that read them
   * @param seconds that the run took, with the chunks of one that was cut short
   */
  public record Subject(
      long run,
      List<CommitRecord> fresh,
      List<CommitRecord> records,
      List<Plan> plans,
      Optional<Evaluation> totals,
      SortedMap<Long, Set<String>> readAgain,
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
   * @param runPage the page on this run; empty if there was nothing new
   */
  public record Written(
      Metrics metrics,
      Optional<Evaluation> totals,
      long known,
      long late,
      Path review,
      Optional<Path> runPage) {}

  public RunReports(
      SparkSession spark, FileSystem fs, OutputLayout layout, ScoreOptions options, Truth truth) {
    this.fs = fs;
    this.layout = layout;
    this.options = options;
    this.truth = truth;
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

  /** Returns what adds up the rows of the output, as they are when it is first asked for. */
  public OutputFigures figures() {
    if (figures == null) {
      figures = new OutputFigures(spark, layout);
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
    if (totals.isEmpty() || truth != Truth.UNKNOWN) {
      return Optional.empty();
    }
    try (InputStream in = fs.open(file)) {
      Metrics metrics = MetricsFile.read(in, file.toString());
      boolean same =
          metrics.targetError() == options.targetError()
              && metrics.labelled() == totals.get().labelled()
              && fs.exists(ScoreReport.page(layout.report()))
              && fs.exists(ScoreReport.review(layout.report()));
      Path review = ScoreReport.review(layout.report());
      return same
          ? Optional.of(new Written(metrics, totals, 0, 0, review, Optional.empty()))
          : Optional.empty();
    } catch (FileNotFoundException | org.digitrecognizer.failure.UserException e) {
      // A report can be made again.
      return Optional.empty();
    }
  }

  /** Checks the sums and writes the reports. */
  public Written write(Model model, Subject subject, RunPictures pictures) throws IOException {
    ScoreReport report = new ScoreReport(fs, options, figures());
    List<CommitRecord> fresh = subject.fresh;
    List<CommitRecord> records = subject.records;
    Optional<Tally> run =
        fresh.isEmpty() ? Optional.empty() : Optional.of(tally(subject.freshBatches(), fresh));
    Tally whole = whole(subject, run);
    Optional<Path> runPage = Optional.empty();
    if (run.isPresent()) {
      Path directory = runDirectory(subject.run);
      ScoreReport.Subject about = runReport(subject, directory, pictures);
      report.write(about, run.get(), model);
      about.review().settle();
      runPage = Optional.of(ScoreReport.page(directory));
    }
    ReviewFile review = ReviewFile.of(fs, layout, subject.run);
    Pictures allPictures = pictures.whole(subject.run - 1, subject.readAgain);
    if (!fresh.isEmpty()) {
      // Never over the file of a run that has ended: nothing could make up for half of that.
      pictures.saveWhole(subject.run, allPictures);
    }
    Metrics metrics =
        report.write(wholeReport(subject, records, allPictures, review), whole, model);
    review.settle();
    return new Written(
        metrics,
        truth == Truth.UNKNOWN ? Optional.of(whole.evaluation()) : Optional.empty(),
        whole.known(),
        whole.late(),
        review.path(),
        runPage);
  }

  private Tally whole(Subject subject, Optional<Tally> run) {
    if (run.isPresent() && subject.fresh.size() == subject.records.size()) {
      return run.get();
    }
    if (subject.totals.isEmpty() || truth != Truth.UNKNOWN || !subject.readAgain.isEmpty()) {
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
        records.stream().mapToLong(record -> record.readings() + record.rejectedCount()).sum();
    SumCheck.requireComplete(layout, written, rows.scored(), rejected);
  }

  private ScoreReport.Subject runReport(Subject subject, Path directory, RunPictures pictures) {
    return new ScoreReport.Subject(
        directory,
        "Scoring report, run " + subject.run,
        "What was new in this run.",
        "All that was ever read into this output",
        "../../index.html",
        subject.freshBatches(),
        found(subject.fresh),
        pictures.run(subject.readAgain),
        throughput(subject.fresh, subject.freshPlans(), subject.seconds),
        ReviewFile.in(fs, directory),
        Optional.empty());
  }

  private ScoreReport.Subject wholeReport(
      Subject subject, List<CommitRecord> records, Pictures allPictures, ReviewFile review) {
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
        review,
        sameReview(subject));
  }

  /** What the run has to review is all that there is to review if there was no other run. */
  private Optional<Path> sameReview(Subject subject) {
    return subject.fresh.isEmpty() || subject.fresh.size() < subject.records.size()
        ? Optional.empty()
        : Optional.of(ScoreReport.review(runDirectory(subject.run)));
  }

  private Path runDirectory(long run) {
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
