package org.digitrecognizer.jobs.score.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.MetricsFile;
import org.digitrecognizer.evaluation.OperatingPoint;
import org.digitrecognizer.evaluation.Throughput;
import org.digitrecognizer.evaluation.calibration.SiteCalibration;
import org.digitrecognizer.evaluation.calibration.ThresholdRule;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.score.output.Audit;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.ExpiredRows;
import org.digitrecognizer.jobs.score.output.OutputIdentity;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.SumCheck;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.jobs.score.standing.AnswersKnown;
import org.digitrecognizer.jobs.score.standing.AuditSample;
import org.digitrecognizer.jobs.score.standing.Certificates;
import org.digitrecognizer.jobs.score.standing.FinalRows;
import org.digitrecognizer.jobs.score.standing.Verdicts;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.reading.Truth;
import org.digitrecognizer.report.Numbers;
import org.digitrecognizer.review.AuditLots;
import org.digitrecognizer.review.Certificate;
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
  private final AuditSample sample;
  private final FinalRows standing;

  /** Where the threshold comes from; a fair sample changes it. */
  private ThresholdRule rule;

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
   * @param audits of these runs
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
      List<Audit> audits,
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
   * @param audit of this run, for its record; null if there was nothing new
   * @param certificate on all runs
   * @param calibration that was made of a fair sample of labels; empty without one
   * @param runPage the page on this run; empty if there was nothing new
   */
  public record Written(
      Metrics metrics,
      Optional<Evaluation> totals,
      long known,
      long late,
      Path review,
      Double threshold,
      Audit audit,
      Certificate certificate,
      Optional<SiteCalibration> calibration,
      Optional<Path> runPage) {}

  public RunReports(
      SparkSession spark, FileSystem fs, OutputLayout layout, ReportOptions options, Truth truth) {
    this.fs = fs;
    this.layout = layout;
    this.options = options;
    this.rule = options.threshold();
    this.truth = truth;
    this.desk = new DeskPages(fs, layout);
    this.standing = new FinalRows(spark, fs, layout);
    this.sample = new AuditSample(spark, fs, layout);
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
      Optional<Certificate> certificate = Certificates.read(fs, layout.report());
      boolean same =
          metrics.targetError() == options.targetError()
              && Objects.equals(metrics.threshold(), chosen(rule, totals.get()))
              && metrics.labelled() == totals.get().labelled()
              && fs.exists(ScoreReport.page(layout.report()))
              && fs.exists(review)
              && certificate.isPresent()
              && standing.areOf(deskState())
              && desk.areOf(deskState());
      return same
          ? Optional.of(
              new Written(
                  metrics,
                  totals,
                  0,
                  0,
                  review,
                  null,
                  null,
                  certificate.get(),
                  Optional.empty(),
                  Optional.empty()))
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
    AnswersKnown state = deskState();
    Optional<SiteCalibration> calibration = calibrate(model);
    Optional<Tally> run =
        fresh.isEmpty() ? Optional.empty() : Optional.of(tally(subject.freshBatches(), fresh));
    Tally whole = whole(subject, run);
    Double threshold = run.map(this::threshold).orElse(null);
    Map<Long, Double> thresholds = thresholds(subject, threshold, threshold(whole));
    Dataset<Row> freshPictures = pictures.of(fresh);
    Audit audit =
        run.isPresent()
            ? audit(model, subject, threshold, standing.accepted(fresh, thresholds), freshPictures)
            : null;
    List<Audit> audits = new ArrayList<>(subject.audits);
    Optional.ofNullable(audit).ifPresent(audits::add);
    Dataset<Row> drawn = drawn(subject, audits).cache();
    Dataset<Row> verdicts =
        Verdicts.of(spark, layout.corrections(), state.answers(), rule(), drawn);
    if (!state.answers().isEmpty()) {
      // Asked for by each list and by the desk; where there are none, Spark leaves the joins out.
      verdicts.cache();
    }
    String form = OutputIdentity.formOf(fs, layout);
    Map<Long, Certificate> certificates =
        new Certificates(fs, layout, model.sha256(), form)
            .write(audits, drawn, verdicts, options.targetError());
    standing.update(records, thresholds, verdicts, state);
    ReviewQueue queue =
        new ReviewQueue(
            spark,
            figures(),
            records.stream().mapToLong(CommitRecord::found).sum(),
            verdicts,
            thresholds);
    ScoreReport report = new ScoreReport(fs, options, rule, queue, form);
    Optional<Path> runPage = Optional.empty();
    Pictures freshShown = PictureRows.shown(freshPictures, truth, options.form());
    if (run.isPresent()) {
      Path directory = runDirectory(layout, subject.run);
      ScoreReport.Subject about =
          runReport(subject, directory, freshShown, certificates.get(subject.run));
      report.write(about, run.get(), model);
      about.settle();
      runPage = Optional.of(ScoreReport.page(directory));
    }
    Dataset<Row> allPictures = pictures.of(records);
    long waiting = desk.write(queue.desk(allPictures, drawn), queue.count(), about(), state);
    Pictures allShown =
        fresh.size() == records.size()
            ? freshShown
            : PictureRows.shown(allPictures, truth, options.form());
    ScoreReport.Subject about =
        wholeReport(subject, records, allShown, waiting(waiting) + certificates.get(0L).sentence());
    Metrics metrics = report.write(about, whole, model);
    about.settle();
    verdicts.unpersist();
    drawn.unpersist();
    return new Written(
        metrics,
        truth == Truth.UNKNOWN ? Optional.of(whole.evaluation()) : Optional.empty(),
        whole.known(),
        whole.late(),
        about.review().path(),
        threshold,
        audit,
        certificates.get(0L),
        calibration,
        runPage);
  }

  private Audit audit(
      Model model, Subject subject, double threshold, long accepted, Dataset<Row> pictures)
      throws IOException {
    return sample.audit(
        subject.run,
        options.targetError(),
        threshold,
        accepted,
        AuditLots.of(options.audit().among(accepted), model.sha256()),
        figures().standing(subject.freshBatches(), threshold),
        options.form(),
        pictures,
        subject.freshPlans());
  }

  /** Returns what was drawn for audits, without what was read again since. */
  private Dataset<Row> drawn(Subject subject, List<Audit> audits) throws IOException {
    Dataset<Row> drawn = sample.of(audits);
    if (subject.plans.stream().noneMatch(plan -> plan.again() > 0)) {
      return drawn;
    }
    Column expired = functions.col("batch").isin(ExpiredRows.of(fs, layout).batches().toArray());
    return drawn
        .join(
            figures().readings(OutputFigures.all()).select("source", "batch"),
            new String[] {"source", "batch"},
            "left_semi")
        .unionByName(drawn.where(expired));
  }

  /** Lets a fair sample of labels choose the threshold, if the labels are one. */
  private Optional<SiteCalibration> calibrate(Model model) throws IOException {
    if (!options.fairSample()) {
      return Optional.empty();
    }
    SiteCalibration made =
        FairSamples.calibrate(
            figures().readings(OutputFigures.all()), truth, options.targetError(), model.sha256());
    FairSamples.write(made, fs, layout.calibration());
    rule = ThresholdRule.of(made);
    return Optional.of(made);
  }

  private AnswersKnown deskState() throws IOException {
    return new AnswersKnown(Verdicts.files(fs, layout.corrections()), options.doubleKey());
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
    Double chosen = chosen(rule, tally.evaluation());
    return chosen == null ? ReviewQueue.NOTHING_STANDS : chosen;
  }

  /** Returns null if no threshold keeps the target. */
  private static Double chosen(ThresholdRule rule, Evaluation evaluation) {
    return rule.automation(evaluation).chosen().map(OperatingPoint::threshold).orElse(null);
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

  private Tally whole(Subject subject, Optional<Tally> run) throws IOException {
    if (run.isPresent() && subject.fresh.size() == subject.records.size()) {
      return run.get();
    }
    if (subject.totals.isEmpty() || truth != Truth.UNKNOWN || subject.again) {
      Tally rows = figures().tally(OutputFigures.all(), truth);
      rows.merge(Tally.of(ExpiredRows.of(fs, layout).totals()));
      requireComplete(rows, subject.records);
      return rows;
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

  private ScoreReport.Subject runReport(
      Subject subject, Path directory, Pictures pictures, Certificate certificate) {
    return new ScoreReport.Subject(
        directory,
        subject.run,
        "Scoring report, run " + subject.run,
        "What was new in this run. " + certificate.sentence(),
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
      Subject subject, List<CommitRecord> records, Pictures allPictures, String lead)
      throws IOException {
    long run = subject.fresh.isEmpty() ? subject.run - 1 : subject.run;
    double seconds = records.stream().mapToDouble(CommitRecord::seconds).sum();
    return new ScoreReport.Subject(
        layout.report(),
        null,
        "Scoring report",
        lead,
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

  /** Says first what there is to do. */
  private static String waiting(long images) {
    return images == 0
        ? "Nothing waits for a person. "
        : new Numbers().count(images, "image")
            + (images == 1 ? " waits" : " wait")
            + " for a person: key them at the desk, save, and let 'digits correct' take the answers"
            + " in. ";
  }

  static Path runDirectory(OutputLayout layout, long run) {
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
