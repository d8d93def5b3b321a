// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.report;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.evaluation.ConflictCounts;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.evaluation.Throughput;
import org.digitrecognizer.evaluation.calibration.ThresholdRule;
import org.digitrecognizer.evaluation.files.ConfusionCsv;
import org.digitrecognizer.evaluation.files.MetricsAbout;
import org.digitrecognizer.evaluation.files.MetricsFile;
import org.digitrecognizer.jobs.launch.Version;
import org.digitrecognizer.jobs.score.standing.Certificates;
import org.digitrecognizer.jobs.score.tally.Tally;
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
  static final String METRICS = "metrics.json";

  private final FileSystem fs;
  private final ReportOptions options;
  private final ThresholdRule rule;
  private final Model model;

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
   * @param found images in these
   * @param pictures of these
   * @param throughput of these; null if that is not known
   * @param review name of the list of what is to be checked, beside the page
   * @param desk where the pages are on which people key, relative; null if there are none
   */
  record Subject(
      Path directory,
      Long run,
      String title,
      String lead,
      String linkText,
      String link,
      long found,
      Pictures pictures,
      Throughput throughput,
      String review,
      String desk) {}

  ScoreReport(
      FileSystem fs, ReportOptions options, ThresholdRule rule, Model model, String formSha256) {
    this.fs = fs;
    this.model = model;
    this.formSha256 = formSha256;
    this.options = options;
    this.rule = rule;
  }

  /**
   * Writes a report.
   *
   * @param tally of the subject's batches
   * @param conflicts among its numbers; null where no rule couples numbers
   * @return as in metrics.json
   */
  Metrics write(Subject subject, Tally tally, ConflictCounts conflicts) throws IOException {
    Evaluation evaluation = tally.evaluation();
    Metrics metrics =
        evaluation.metrics(rule.automation(evaluation), subject.found).with(conflicts);
    EvaluationReport page = page(subject, tally, conflicts);
    if (!options.form()) {
      write(subject, "confusion.csv", out -> ConfusionCsv.write(evaluation.confusion(), out));
    }
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

  private EvaluationReport page(Subject subject, Tally tally, ConflictCounts conflicts) {
    EvaluationReport.Builder page =
        EvaluationReport.builder(subject.title)
            .lead(subject.lead)
            .sections(sections(conflicts))
            .fact("Archives", options.archives())
            .fact("Model", options.model().toString())
            .fact("Model SHA-256", model.sha256())
            .fact("Version", Version.current())
            .threshold(rule)
            .evaluation(tally.evaluation())
            .mistakes(subject.pictures.mistakes())
            .leastCertain(subject.pictures.leastCertain())
            .numbers(subject.pictures.numbers())
            .conflicts(conflicts, subject.pictures.contradicting())
            .rejects(subject.pictures.rejects())
            .reviewFile(subject.review);
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

  private List<Section> sections(ConflictCounts conflicts) {
    if (!options.form()) {
      return Section.SCORING;
    }
    return conflicts == null ? Section.FORM : Section.COUPLED_FORM;
  }

  private static String used(Tally tally) {
    Numbers numbers = new Numbers();
    String used = " (for " + numbers.count(tally.known(), "reading");
    return tally.late() == 0
        ? used + ")"
        : used + ", " + numbers.count(tally.late()) + " of them read before it was given)";
  }

  private void write(Subject subject, String name, FileContent content) throws IOException {
    content.writeTo(fs, new Path(subject.directory, name));
  }
}
