package org.digitrecognizer.jobs.score.report;

import java.io.IOException;
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
import org.digitrecognizer.evaluation.Throughput;
import org.digitrecognizer.jobs.score.ScoreOptions;
import org.digitrecognizer.jobs.score.ScoreResult;
import org.digitrecognizer.jobs.score.Truths;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.SumCheck;
import org.digitrecognizer.jobs.score.plan.BatchPlan;
import org.digitrecognizer.jobs.score.source.LeftFiles;
import org.digitrecognizer.model.Model;

/** The two reports at the end of a run: on its new images, and on the whole output. */
public final class RunReports {

  private final SparkSession spark;
  private final FileSystem fs;
  private final OutputLayout layout;
  private final ScoreOptions options;
  private final Truths truths;
  private final RunPictures pictures;

  public RunReports(
      SparkSession spark,
      FileSystem fs,
      OutputLayout layout,
      ScoreOptions options,
      Truths truths,
      RunPictures pictures) {
    this.spark = spark;
    this.fs = fs;
    this.layout = layout;
    this.options = options;
    this.truths = truths;
    this.pictures = pictures;
  }

  /**
   * Checks the sums and writes the reports.
   *
   * @param last the run before
   * @param records of all chunks
   * @param plans of all batches
   * @param readAgain files whose rows of before are gone, by the late batch that read them
   * @param left files that were not read
   * @param seconds that the run took, with the chunks of one that was cut short
   */
  public ScoreResult write(
      Model model,
      RunRecord last,
      List<CommitRecord> records,
      List<BatchPlan.Summary> plans,
      SortedMap<Long, Set<String>> readAgain,
      LeftFiles left,
      double seconds)
      throws IOException {
    OutputFigures figures = new OutputFigures(spark, layout);
    ScoreReport report = new ScoreReport(fs, options, figures);
    List<CommitRecord> fresh =
        records.stream().filter(record -> last.isNew(record.batch())).toList();
    List<BatchPlan.Summary> freshPlans =
        plans.stream().filter(plan -> last.isNew(plan.batch())).toList();
    Tally whole = tally(figures, OutputFigures.all(), records);
    Optional<Path> runPage = Optional.empty();
    if (!fresh.isEmpty()) {
      Path directory = runDirectory(last.run() + 1);
      Column batches = OutputFigures.newer(last);
      Throughput throughput = throughput(fresh, freshPlans, seconds);
      report.write(
          runSubject(
              directory, last.run() + 1, batches, fresh, pictures.run(readAgain), throughput),
          fresh.size() == records.size() ? whole : tally(figures, batches, fresh),
          model);
      runPage = Optional.of(ScoreReport.page(directory));
    }
    Pictures allPictures = pictures.whole(last, readAgain);
    if (!fresh.isEmpty()) {
      // Never over the file of a run that has ended: nothing could make up for half of that.
      pictures.saveWhole(last.run() + 1, allPictures);
    }
    Metrics metrics =
        report.write(wholeSubject(last, fresh, records, plans, allPictures), whole, model);
    return new ScoreResult(
        freshPlans.stream().mapToLong(BatchPlan.Summary::files).sum(),
        found(fresh),
        fresh.stream().mapToLong(CommitRecord::scored).sum(),
        fresh.stream().mapToLong(CommitRecord::rejectedCount).sum(),
        left.deferred(),
        left.changed(),
        left.unread(),
        truths.labels(),
        records.isEmpty() ? truths.labels() : truths.unmatched(figures.places()),
        whole.known(),
        whole.late(),
        seconds,
        metrics,
        ScoreReport.page(layout.report()),
        runPage);
  }

  private Tally tally(OutputFigures figures, Column batches, List<CommitRecord> records) {
    Tally tally = figures.tally(batches, truths.truth());
    Evaluation rows = tally.evaluation();
    long rejected = rows.rejected().values().stream().mapToLong(Long::longValue).sum();
    SumCheck.requireComplete(layout, found(records), rows.scored(), rejected);
    return tally;
  }

  private ScoreReport.Subject runSubject(
      Path directory,
      long run,
      Column batches,
      List<CommitRecord> fresh,
      Pictures runPictures,
      Throughput throughput) {
    return new ScoreReport.Subject(
        directory,
        "Scoring report, run " + run,
        "What was new in this run.",
        "All that was ever read into this output",
        "../../index.html",
        batches,
        found(fresh),
        runPictures,
        throughput,
        Optional.empty());
  }

  private ScoreReport.Subject wholeSubject(
      RunRecord last,
      List<CommitRecord> fresh,
      List<CommitRecord> records,
      List<BatchPlan.Summary> plans,
      Pictures allPictures) {
    long run = last.run() + (fresh.isEmpty() ? 0 : 1);
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
        throughput(records, plans, seconds),
        sameReview(last, fresh, records));
  }

  /** What the run has to review is all that there is to review if there was no other run. */
  private Optional<Path> sameReview(
      RunRecord last, List<CommitRecord> fresh, List<CommitRecord> records) {
    return fresh.isEmpty() || fresh.size() < records.size()
        ? Optional.empty()
        : Optional.of(ScoreReport.review(runDirectory(last.run() + 1)));
  }

  private Path runDirectory(long run) {
    return new Path(layout.report(), "runs/" + run);
  }

  private static Throughput throughput(
      List<CommitRecord> records, List<BatchPlan.Summary> plans, double seconds) {
    return new Throughput(
        found(records),
        plans.stream().mapToLong(BatchPlan.Summary::files).sum(),
        plans.stream().mapToLong(BatchPlan.Summary::bytes).sum(),
        seconds);
  }

  private static long found(List<CommitRecord> records) {
    return records.stream().mapToLong(CommitRecord::found).sum();
  }
}
