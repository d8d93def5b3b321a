package org.digitrecognizer.jobs.score.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.ConfusionCsv;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.MetricsAbout;
import org.digitrecognizer.evaluation.MetricsFile;
import org.digitrecognizer.evaluation.NumberOutcome;
import org.digitrecognizer.evaluation.NumberReviewCsv;
import org.digitrecognizer.evaluation.RejectedCsv;
import org.digitrecognizer.evaluation.ReviewCsv;
import org.digitrecognizer.evaluation.Throughput;
import org.digitrecognizer.evaluation.calibration.ThresholdRule;
import org.digitrecognizer.jobs.launch.Version;
import org.digitrecognizer.jobs.score.standing.Certificates;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.report.EvaluationReport;
import org.digitrecognizer.report.Numbers;
import org.digitrecognizer.report.Section;
import org.digitrecognizer.review.SourceHash;
import org.digitrecognizer.storage.FileContent;

/**
 * Writes a report on an output, or on the new part of it; metrics.json is the last of its files.
 */
final class ScoreReport {

  private static final String PAGE = "index.html";
  static final String METRICS = "metrics.json";

  private final FileSystem fs;
  private final ReportOptions options;
  private final ThresholdRule rule;
  private final ReviewQueue queue;

  /** Null without a form. */
  private final String formSha256;

  /**
   * What a report is about.
   *
   * @param directory where it goes
   * @param run number of the run; null for all of them
   * @param title of the page
   * @param lead a sentence below it
   * @param linkText of a link to the other page
   * @param link to the other page, relative; null if there is none
   * @param batches which it covers
   * @param found images in these
   * @param pictures of these
   * @param throughput of these; null if that is not known
   * @param review where what is to be checked goes; not settled here
   * @param rejected where what could not be read goes; not settled here
   * @param desk where the pages are on which people key, relative; null if there are none
   */
  record Subject(
      Path directory,
      Long run,
      String title,
      String lead,
      String linkText,
      String link,
      Column batches,
      long found,
      Pictures pictures,
      Throughput throughput,
      ReviewFile review,
      ReviewFile rejected,
      String desk) {

    /** Gives the lists their names. */
    void settle() throws IOException {
      review.settle();
      rejected.settle();
    }
  }

  ScoreReport(
      FileSystem fs,
      ReportOptions options,
      ThresholdRule rule,
      ReviewQueue queue,
      String formSha256) {
    this.fs = fs;
    this.formSha256 = formSha256;
    this.options = options;
    this.rule = rule;
    this.queue = queue;
  }

  /**
   * Writes a report.
   *
   * @param tally of the subject's batches
   * @return as in metrics.json
   */
  Metrics write(Subject subject, Tally tally, Model model) throws IOException {
    Evaluation evaluation = tally.evaluation();
    Metrics metrics = evaluation.metrics(rule.automation(evaluation), subject.found);
    EvaluationReport page = page(subject, tally, model);
    if (!options.form()) {
      write(subject, "confusion.csv", out -> ConfusionCsv.write(evaluation.confusion(), out));
    }
    subject.review.write(out -> writeReview(subject, out));
    subject.rejected.write(out -> writeRejected(subject, out));
    write(subject, PAGE, page::render);
    Double seconds = subject.throughput == null ? null : subject.throughput.seconds();
    MetricsAbout about = MetricsAbout.now(model.sha256(), formSha256, subject.run, seconds);
    write(subject, METRICS, out -> MetricsFile.write(metrics, about, out));
    return metrics;
  }

  /** Returns the address of a subject's page. */
  static Path page(Path directory) {
    return new Path(directory, PAGE);
  }

  private EvaluationReport page(Subject subject, Tally tally, Model model) {
    EvaluationReport.Builder page =
        EvaluationReport.builder(subject.title)
            .lead(subject.lead)
            .sections(options.form() ? Section.FORM : Section.SCORING)
            .fact("Archives", options.archives())
            .fact("Model", options.model().toString())
            .fact("Model SHA-256", model.sha256())
            .fact("Version", Version.current())
            .threshold(rule)
            .evaluation(tally.evaluation())
            .mistakes(subject.pictures.mistakes())
            .leastCertain(subject.pictures.leastCertain())
            .numbers(subject.pictures.numbers())
            .rejects(subject.pictures.rejects())
            .reviewFile(subject.review.name());
    if (options.labels() != null) {
      page.fact("Labels", options.labels() + used(tally));
    }
    if (subject.throughput != null) {
      page.throughput(subject.throughput);
    }
    if (subject.desk != null) {
      page.link("The desk: key what is left to a person", subject.desk);
    }
    page.link("The certificate", Certificates.FILE);
    if (subject.link != null) {
      page.link(subject.linkText, subject.link);
    }
    return page.build();
  }

  private static String used(Tally tally) {
    Numbers numbers = new Numbers();
    String used = " (for " + numbers.count(tally.known(), "reading");
    return tally.late() == 0
        ? used + ")"
        : used + ", " + numbers.count(tally.late()) + " of them read before it was given)";
  }

  private void writeReview(Subject subject, OutputStream out) throws IOException {
    if (options.form()) {
      writeNumbers(subject, out);
      return;
    }
    try (ReviewCsv csv = new ReviewCsv(text(out))) {
      Iterator<Row> rows = queue.readings(subject.batches).toLocalIterator();
      while (rows.hasNext()) {
        Row row = rows.next();
        String source = row.getAs("source");
        csv.write(
            source,
            row.getAs("archive"),
            row.<Long>getAs("ordinal"),
            row.getAs("entry"),
            row.<Integer>getAs("page"),
            reading(row),
            SourceHash.id(source));
      }
    }
  }

  private void writeNumbers(Subject subject, OutputStream out) throws IOException {
    try (NumberReviewCsv csv = new NumberReviewCsv(text(out))) {
      Iterator<Row> rows = queue.readings(subject.batches).toLocalIterator();
      while (rows.hasNext()) {
        Row row = rows.next();
        String source = row.getAs("source");
        csv.write(
            new NumberReviewCsv.Line(
                source,
                row.getAs("archive"),
                row.getAs("form"),
                row.getAs("sheet"),
                row.getAs("field"),
                row.getAs("number"),
                row.getAs("confidence"),
                row.getAs("second"),
                row.getAs("secondConfidence"),
                why(row),
                SourceHash.id(source)));
      }
    }
  }

  private static String why(Row number) {
    String status = number.getAs("status");
    if (!status.equals(NumberOutcome.Kind.READ.name())) {
      return status.toLowerCase(Locale.ROOT);
    }
    return number.getAs("number") == null ? "rule allows none" : "unsure";
  }

  private void writeRejected(Subject subject, OutputStream out) throws IOException {
    try (RejectedCsv csv = new RejectedCsv(text(out))) {
      Iterator<Row> rows = queue.rejects(subject.batches).toLocalIterator();
      while (rows.hasNext()) {
        Row row = rows.next();
        String source = row.getAs("source");
        csv.write(
            source,
            row.getAs("archive"),
            row.<Long>getAs("ordinal"),
            row.getAs("entry"),
            row.<Integer>getAs("page"),
            row.getAs("reason"),
            row.getAs("detail"),
            SourceHash.id(source));
      }
    }
  }

  private static Writer text(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  /** Returns the reading that a row of predictions, or of pictures, holds. */
  static Reading reading(Row row) {
    Object[] boxed = row.getList(row.fieldIndex("probabilities")).toArray();
    float[] values = new float[boxed.length];
    for (int i = 0; i < boxed.length; i++) {
      values[i] = (Float) boxed[i];
    }
    return Reading.recorded(values, row.getAs("confidence"));
  }

  private void write(Subject subject, String name, FileContent content) throws IOException {
    content.writeTo(fs, new Path(subject.directory, name));
  }
}
