// SPDX-License-Identifier: Apache-2.0
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
import org.digitrecognizer.evaluation.OperatingPoint;
import org.digitrecognizer.evaluation.calibration.SiteCalibration;
import org.digitrecognizer.evaluation.calibration.ThresholdRule;
import org.digitrecognizer.evaluation.files.MetricsFile;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.launch.spark.Pipeline;
import org.digitrecognizer.jobs.score.output.Audit;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.ExpiredRows;
import org.digitrecognizer.jobs.score.output.OutputIdentity;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.standing.AnswersKnown;
import org.digitrecognizer.jobs.score.standing.AuditSample;
import org.digitrecognizer.jobs.score.standing.Certificates;
import org.digitrecognizer.jobs.score.standing.Contradictions;
import org.digitrecognizer.jobs.score.standing.Couplings;
import org.digitrecognizer.jobs.score.standing.FinalRows;
import org.digitrecognizer.jobs.score.standing.Thresholds;
import org.digitrecognizer.jobs.score.standing.Verdicts;
import org.digitrecognizer.jobs.score.tally.FairSamples;
import org.digitrecognizer.jobs.score.tally.MadeAnew;
import org.digitrecognizer.jobs.score.tally.OutputFigures;
import org.digitrecognizer.jobs.score.tally.OutputTallies;
import org.digitrecognizer.jobs.score.tally.ReportSubject;
import org.digitrecognizer.jobs.score.tally.Tally;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.reading.Truth;
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
  private final Contradictions contradictions;

  /** Where the threshold comes from; a fair sample changes it. */
  private ThresholdRule rule;

  /** Null until there are rows to be added up. */
  private OutputFigures figures;

  /**
   * @param couplings of the output's form
   */
  public RunReports(
      SparkSession spark,
      FileSystem fs,
      OutputLayout layout,
      ReportOptions options,
      Truth truth,
      Couplings couplings) {
    this.fs = fs;
    this.layout = layout;
    this.options = options;
    this.rule = options.threshold();
    this.truth = truth;
    this.desk = new DeskPages(fs, layout);
    this.contradictions = new Contradictions(spark, fs, layout, couplings);
    this.standing = new FinalRows(spark, fs, layout, contradictions);
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
    return ScoreReport.page(RunPages.runDirectory(layout, run));
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
  public Optional<ReportsWritten> unchanged(Optional<Evaluation> totals) throws IOException {
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
              && Objects.equals(
                  metrics.threshold(),
                  chosen(totals.get()).map(OperatingPoint::threshold).orElse(null))
              && metrics.labelled() == totals.get().labelled()
              && fs.exists(ScoreReport.page(layout.report()))
              && fs.exists(review)
              && certificate.isPresent()
              && standing.areOf(deskState())
              && desk.areOf(deskState());
      return same
          ? Optional.of(ReportsWritten.unchanged(metrics, totals, review, certificate.get()))
          : Optional.empty();
    } catch (FileNotFoundException | UserException e) {
      // A report can be made again.
      return Optional.empty();
    }
  }

  /** Checks the sums and writes the reports. */
  public ReportsWritten write(Model model, ReportSubject subject, PictureRows kept)
      throws IOException {
    AnswersKnown state = deskState();
    Optional<SiteCalibration> calibration = calibrate(model);
    OutputTallies tallies = new OutputTallies(figures(), fs, layout, truth, options.form());
    Optional<Tally> run = tallies.ofRun(subject);
    Tally whole = tallies.ofAll(subject, run);
    Double threshold = run.map(this::threshold).orElse(null);
    Thresholds thresholds = thresholds(subject, threshold, threshold(whole));
    Dataset<Row> freshPictures = kept.of(subject.fresh());
    Audit audit =
        run.isPresent()
            ? audit(
                model,
                subject,
                run.get(),
                threshold,
                freshPictures,
                contradicted(subject, thresholds, state))
            : null;
    List<Audit> audits = new ArrayList<>(subject.audits());
    Optional.ofNullable(audit).ifPresent(audits::add);
    Dataset<Row> drawn = drawn(subject, audits).cache();
    Dataset<Row> verdicts = verdicts(subject, state, drawn);
    if (!state.answers().isEmpty()) {
      // Asked for by each list and by the desk; where there are none, Spark leaves the joins out.
      verdicts.cache();
    }
    String form = OutputIdentity.formOf(fs, layout);
    Map<Long, Certificate> certificates =
        new Certificates(fs, layout, model.sha256(), form)
            .write(audits, drawn, verdicts, options.targetError());
    Pipeline.Step updateStanding =
        () -> standing.update(subject.records(), thresholds, verdicts, state);
    boolean coupled = contradictions.areSought();
    if (coupled) {
      // What is open among them is read from there.
      updateStanding.run();
    }
    ReviewQueue queue =
        new ReviewQueue(figures(), subject.found(), verdicts, thresholds, contradictions.open());
    RunPages pages =
        new RunPages(
            fs,
            layout,
            subject,
            new ScoreReport(fs, options, rule, model, form),
            queue,
            certificates,
            truth,
            options.form(),
            contradictions);
    Dataset<Row> allPictures = subject.isAllFresh() ? freshPictures : kept.of(subject.records());
    Pipeline.run(
        () -> pages.list(run, whole, queue.desk(allPictures, drawn), about(), state),
        coupled ? () -> {} : updateStanding,
        () -> pages.choose(shown(queue, freshPictures, drawn), shown(queue, allPictures, drawn)));
    Metrics metrics = pages.write(run, whole);
    verdicts.unpersist();
    drawn.unpersist();
    return new ReportsWritten(
        metrics,
        truth == Truth.UNKNOWN ? Optional.of(whole.evaluation()) : Optional.empty(),
        whole.known(),
        whole.late(),
        pages.review(),
        threshold,
        audit,
        certificates.get(0L),
        calibration,
        run.map(any -> runPage(layout, subject.run())));
  }

  private static Dataset<Row> shown(ReviewQueue queue, Dataset<Row> pictures, Dataset<Row> drawn) {
    return ShownPictures.markAudited(queue.contradicted(pictures, drawn), drawn);
  }

  /**
   * Returns the new numbers that would stand if no other contradicted them; null where no rule
   * couples numbers. What this run draws is not known yet, and nobody can have keyed it.
   */
  private Dataset<Row> contradicted(
      ReportSubject subject, Thresholds thresholds, AnswersKnown state) throws IOException {
    if (!contradictions.areSought()) {
      return null;
    }
    Dataset<Row> verdicts = verdicts(subject, state, drawn(subject, subject.audits()));
    return contradictions.ofMachine(subject.freshBatchNumbers(), thresholds, verdicts).cache();
  }

  private Dataset<Row> verdicts(ReportSubject subject, AnswersKnown state, Dataset<Row> drawn) {
    if (state.answers().isEmpty()) {
      return Verdicts.none(spark);
    }
    Dataset<Row> answers = Verdicts.answers(spark, layout.corrections(), state.answers());
    return Verdicts.of(new MadeAnew(subject, figures()).marked(answers), rule(), drawn);
  }

  private Audit audit(
      Model model,
      ReportSubject subject,
      Tally run,
      double threshold,
      Dataset<Row> pictures,
      Dataset<Row> contradicted)
      throws IOException {
    long accepted = chosen(run.evaluation()).map(OperatingPoint::automated).orElse(0L);
    Dataset<Row> readings = figures().standing(subject.freshBatches(), threshold);
    if (contradicted != null) {
      accepted = Math.max(0, accepted - contradicted.count());
      readings = readings.join(contradicted, new String[] {"source"}, "left_anti");
    }
    Audit audit =
        sample.audit(
            subject.run(),
            options.targetError(),
            threshold,
            accepted,
            AuditLots.of(options.audit().among(accepted), model.sha256()),
            readings,
            options.form(),
            pictures,
            subject.freshPlans());
    if (contradicted != null) {
      contradicted.unpersist();
    }
    return audit;
  }

  /** Returns what was drawn for audits, without what was read again or put together anew since. */
  private Dataset<Row> drawn(ReportSubject subject, List<Audit> audits) throws IOException {
    Dataset<Row> drawn = sample.of(audits);
    Optional<Column> changed = subject.changedBatches();
    if (changed.isEmpty()) {
      return drawn;
    }
    Column expired = functions.col("batch").isin(ExpiredRows.of(fs, layout).batches().toArray());
    return drawn
        .join(
            figures().readings(changed.get()).select("source", "batch"),
            new String[] {"source", "batch"},
            "left_semi")
        .unionByName(drawn.where(expired.or(functions.not(changed.get()))));
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
    return chosen(tally.evaluation())
        .map(OperatingPoint::threshold)
        .orElse(ReviewQueue.NOTHING_STANDS);
  }

  /** Returns nothing if no threshold keeps the target. */
  private Optional<OperatingPoint> chosen(Evaluation evaluation) {
    return rule.automation(evaluation).chosen();
  }

  /** Returns the threshold of each batch: that of the run that read it, fixed when that ended. */
  private static Thresholds thresholds(ReportSubject subject, Double own, double whole) {
    Map<Long, Double> thresholds = new TreeMap<>();
    for (CommitRecord record : subject.records()) {
      Double fixed = record.run() == subject.run() ? own : subject.threshold(record.run());
      thresholds.put(record.batch(), fixed == null ? whole : fixed);
    }
    return new Thresholds(thresholds);
  }
}
