package org.digitrecognizer.jobs.score.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.evaluation.ConfusionCsv;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.MetricsFile;
import org.digitrecognizer.evaluation.ReviewCsv;
import org.digitrecognizer.evaluation.Throughput;
import org.digitrecognizer.jobs.launch.Version;
import org.digitrecognizer.model.Model;
import org.digitrecognizer.report.EvaluationReport;
import org.digitrecognizer.report.Numbers;
import org.digitrecognizer.report.Section;
import org.digitrecognizer.storage.FileContent;

/**
 * Writes a report on an output, or on the new part of it; metrics.json is the last of its files.
 */
final class ScoreReport {

  private static final String PAGE = "index.html";
  static final String REVIEW = "review.csv";
  static final String METRICS = "metrics.json";

  /** The order of what is to be checked: the least certain first. */
  private static final Column[] ORDER = {
    functions.col("confidence"), functions.col("source"), functions.col("ordinal")
  };

  /** The driver holds a part at a time. */
  private static final long ROWS_A_PART = 100_000;

  private static final int MOST_PARTS = 200;

  private final FileSystem fs;
  private final ReportOptions options;
  private final OutputFigures figures;

  /**
   * What a report is about.
   *
   * @param directory where it goes
   * @param title of the page
   * @param lead a sentence below it
   * @param linkText of a link to the other page
   * @param link to the other page, relative; null if there is none
   * @param batches which it covers
   * @param found images in these
   * @param pictures of these
   * @param throughput of these; null if that is not known
   * @param review where what is to be checked goes; not settled here
   * @param sameReview a file that holds what this subject's would, if there is one
   */
  record Subject(
      Path directory,
      String title,
      String lead,
      String linkText,
      String link,
      Column batches,
      long found,
      Pictures pictures,
      Throughput throughput,
      ReviewFile review,
      Optional<Path> sameReview) {}

  ScoreReport(FileSystem fs, ReportOptions options, OutputFigures figures) {
    this.fs = fs;
    this.options = options;
    this.figures = figures;
  }

  /**
   * Writes a report.
   *
   * @param tally of the subject's batches
   * @return as in metrics.json
   */
  Metrics write(Subject subject, Tally tally, Model model) throws IOException {
    Evaluation evaluation = tally.evaluation();
    Metrics metrics = evaluation.metrics(options.targetError(), subject.found);
    EvaluationReport page = page(subject, tally, model);
    write(subject, "confusion.csv", out -> ConfusionCsv.write(evaluation.confusion(), out));
    subject.review.write(out -> writeReview(subject, metrics, out));
    write(subject, PAGE, page::render);
    write(subject, METRICS, out -> MetricsFile.write(metrics, out));
    return metrics;
  }

  /** Returns the address of a subject's page. */
  static Path page(Path directory) {
    return new Path(directory, PAGE);
  }

  /** Returns the address of what a subject has to review. */
  static Path review(Path directory) {
    return new Path(directory, REVIEW);
  }

  private EvaluationReport page(Subject subject, Tally tally, Model model) {
    EvaluationReport.Builder page =
        EvaluationReport.builder(subject.title)
            .lead(subject.lead)
            .sections(Section.SCORING)
            .fact("Archives", options.archives())
            .fact("Model", options.model().toString())
            .fact("Model SHA-256", model.sha256())
            .fact("Version", Version.current())
            .targetError(options.targetError())
            .evaluation(tally.evaluation())
            .mistakes(subject.pictures.mistakes().ranked())
            .leastCertain(subject.pictures.leastCertain().ranked())
            .rejects(subject.pictures.rejects())
            .reviewFile(subject.review.name());
    if (options.labels() != null) {
      page.fact("Labels", options.labels() + used(tally));
    }
    if (subject.throughput != null) {
      page.throughput(subject.throughput);
    }
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

  private void writeReview(Subject subject, Metrics metrics, OutputStream out) throws IOException {
    if (subject.sameReview.isPresent()) {
      try (InputStream same = fs.open(subject.sameReview.get())) {
        same.transferTo(out);
      }
    } else {
      queryReview(subject.batches, metrics, out);
    }
  }

  private void queryReview(Column batches, Metrics metrics, OutputStream out) throws IOException {
    Double threshold = metrics.threshold();
    Column below =
        threshold == null ? functions.lit(true) : functions.col("confidence").lt(threshold);
    Dataset<Row> rows =
        figures
            .predictions(batches)
            .where(below)
            .select("source", "archive", "ordinal", "entry", "page", "probabilities", "confidence")
            // Each part is a Spark job of its own below: as many as there are rows for, not as many
            // as Spark deals any rows out to.
            .repartitionByRange(parts(metrics.reviewCount()), ORDER)
            .sortWithinPartitions(ORDER);
    ReviewCsv csv =
        new ReviewCsv(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
    Iterator<Row> iterator = rows.toLocalIterator();
    while (iterator.hasNext()) {
      Row row = iterator.next();
      csv.write(
          row.getString(0),
          row.getString(1),
          row.getLong(2),
          row.getString(3),
          row.getInt(4),
          Reading.recorded(probabilities(row), row.getDouble(6)));
    }
    csv.close();
  }

  private static int parts(long rows) {
    return (int) Math.min(MOST_PARTS, 1 + rows / ROWS_A_PART);
  }

  private static float[] probabilities(Row row) {
    Object[] boxed = row.getList(5).toArray();
    float[] values = new float[boxed.length];
    for (int i = 0; i < boxed.length; i++) {
      values[i] = (Float) boxed[i];
    }
    return values;
  }

  private void write(Subject subject, String name, FileContent content) throws IOException {
    content.writeTo(fs, new Path(subject.directory, name));
  }
}
