// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.report;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.digitrecognizer.evaluation.Metrics;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.standing.AnswersKnown;
import org.digitrecognizer.jobs.score.standing.Contradictions;
import org.digitrecognizer.jobs.score.tally.OutputFigures;
import org.digitrecognizer.jobs.score.tally.ReportSubject;
import org.digitrecognizer.jobs.score.tally.Tally;
import org.digitrecognizer.reading.Truth;
import org.digitrecognizer.report.Numbers;
import org.digitrecognizer.review.Certificate;
import org.digitrecognizer.review.Desk;

/**
 * The pages and lists of a run: first those of what is new in it, then those of the whole output.
 * Where all there is is new, the second show what the first did, and Spark is not asked again.
 */
final class RunPages {

  private final FileSystem fs;
  private final OutputLayout layout;
  private final ReportSubject subject;
  private final ScoreReport report;
  private final ReviewQueue queue;
  private final Map<Long, Certificate> certificates;
  private final Truth truth;
  private final boolean ofNumbers;
  private final Contradictions contradictions;

  /** Those of the run; null if nothing was new. */
  private Part fresh;

  /** Those of the whole output; null until they are written. */
  private Part all;

  /** A report's lists and pictures. */
  private record Part(ReviewLists lists, long left, Pictures shown) {}

  /**
   * @param certificates of the runs by their numbers, that on all of them under 0
   * @param ofNumbers whether what is read is numbers and not digits
   * @param contradictions among these numbers
   */
  RunPages(
      FileSystem fs,
      OutputLayout layout,
      ReportSubject subject,
      ScoreReport report,
      ReviewQueue queue,
      Map<Long, Certificate> certificates,
      Truth truth,
      boolean ofNumbers,
      Contradictions contradictions) {
    this.contradictions = contradictions;
    this.fs = fs;
    this.layout = layout;
    this.subject = subject;
    this.report = report;
    this.queue = queue;
    this.certificates = certificates;
    this.truth = truth;
    this.ofNumbers = ofNumbers;
  }

  static Path runDirectory(OutputLayout layout, long run) {
    return new Path(layout.report(), "runs/" + run);
  }

  /**
   * Writes those of what is new.
   *
   * @param pictures of it, as {@link ReviewQueue#contradicted} returns them
   * @return the page
   */
  Path writeRun(Tally run, Dataset<Row> pictures) throws IOException {
    Path directory = runDirectory(layout, subject.run());
    ReviewLists lists = ReviewLists.ofRun(fs, directory);
    long left = lists.write(queue, ofNumbers, subject.freshBatches(), run.rejected());
    fresh = new Part(lists, left, shown(pictures));
    report.write(
        new ScoreReport.Subject(
            directory,
            subject.run(),
            "Scoring report, run " + subject.run(),
            "What was new in this run. " + certificates.get(subject.run()).sentence(),
            "All that was ever read into this output",
            "../../index.html",
            subject.freshFound(),
            fresh.shown,
            subject.freshThroughput(),
            lists.review().getName(),
            "../../" + DeskPages.INDEX),
        run,
        contradictions.counts(subject.firstFreshBatch()));
    lists.settle();
    return ScoreReport.page(directory);
  }

  /**
   * Writes those of the whole output, and the desk.
   *
   * @param pictures of all of it, as {@link ReviewQueue#contradicted} returns them
   * @param items of the desk, as {@link ReviewQueue#desk} returns them
   * @param answers that they were made from
   * @return as in metrics.json
   */
  Metrics writeAll(
      Tally whole,
      Dataset<Row> pictures,
      Dataset<Row> items,
      Desk.About about,
      AnswersKnown answers)
      throws IOException {
    all = all(whole, pictures);
    long waiting = new DeskPages(fs, layout).write(items, all.left, about, answers);
    Metrics metrics = report.write(about(waiting(waiting)), whole, contradictions.counts(0));
    all.lists.settle();
    return metrics;
  }

  /** Returns the list of what is to be checked of the whole output. */
  Path review() {
    return all.lists.review();
  }

  private Part all(Tally whole, Dataset<Row> pictures) throws IOException {
    ReviewLists lists = ReviewLists.ofAll(fs, layout, subject.run());
    if (fresh != null && subject.isAllFresh()) {
      lists.copy(fresh.lists);
      return new Part(lists, fresh.left, fresh.shown);
    }
    long left = lists.write(queue, ofNumbers, OutputFigures.all(), whole.rejected());
    return new Part(lists, left, shown(pictures));
  }

  private Pictures shown(Dataset<Row> pictures) {
    return ShownPictures.of(pictures, truth, ofNumbers, contradictions.areSought());
  }

  private ScoreReport.Subject about(String lead) {
    long run = fresh == null ? subject.run() - 1 : subject.run();
    return new ScoreReport.Subject(
        layout.report(),
        null,
        "Scoring report",
        lead + certificates.get(0L).sentence(),
        "What was new in the last run",
        run == 0 ? null : "runs/" + run + "/index.html",
        subject.found(),
        all.shown,
        subject.throughput(),
        all.lists.review().getName(),
        DeskPages.INDEX);
  }

  /** Says first what there is to do. */
  private String waiting(long items) {
    return items == 0
        ? "Nothing waits for a person. "
        : new Numbers().count(items, ofNumbers ? "number" : "image")
            + (items == 1 ? " waits" : " wait")
            + " for a person: key them at the desk, save, and let 'digits correct' take the answers"
            + " in. ";
  }
}
