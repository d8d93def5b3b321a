// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.report;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
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
 * The pages and lists of a run: those of what is new in it, and those of the whole output. Where
 * all there is is new, the second show what the first do, and Spark is not asked again. The lists
 * and the pictures do not wait for each other; the pages have both.
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
  private final ReviewLists runLists;
  private final ReviewLists lists;

  /** How many items wait at the desk. */
  private long waiting;

  private Pictures runPictures;
  private Pictures pictures;

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
      Contradictions contradictions)
      throws IOException {
    this.contradictions = contradictions;
    this.fs = fs;
    this.layout = layout;
    this.subject = subject;
    this.report = report;
    this.queue = queue;
    this.certificates = certificates;
    this.truth = truth;
    this.ofNumbers = ofNumbers;
    this.runLists = ReviewLists.ofRun(fs, runDirectory(layout, subject.run()));
    this.lists = ReviewLists.ofAll(fs, layout, subject.run());
  }

  static Path runDirectory(OutputLayout layout, long run) {
    return new Path(layout.report(), "runs/" + run);
  }

  /**
   * Writes the lists, under names that they do not keep, and the desk.
   *
   * @param run what is new; empty if nothing is
   * @param items of the desk, as {@link ReviewQueue#desk} returns them
   * @param answers that they were made from
   */
  void list(
      Optional<Tally> run, Tally whole, Dataset<Row> items, Desk.About about, AnswersKnown answers)
      throws IOException {
    long left = 0;
    if (run.isPresent()) {
      left = runLists.write(queue, ofNumbers, subject.freshBatches(), run.get().rejected());
    }
    if (!isOnlyRun()) {
      left = lists.write(queue, ofNumbers, OutputFigures.all(), whole.rejected());
    }
    waiting = new DeskPages(fs, layout).write(items, left, about, answers);
  }

  /**
   * Chooses the pictures.
   *
   * @param ofRun those of what is new, as {@link ReviewQueue#contradicted} returns them
   * @param all those of the whole output
   */
  void choose(Dataset<Row> ofRun, Dataset<Row> all) {
    if (!subject.fresh().isEmpty()) {
      runPictures = shown(ofRun);
    }
    pictures = isOnlyRun() ? runPictures : shown(all);
  }

  private Pictures shown(Dataset<Row> rows) {
    return ShownPictures.of(rows, truth, ofNumbers, contradictions.areSought());
  }

  /**
   * Writes the pages and gives the lists their names.
   *
   * @return of the whole output, as in metrics.json
   */
  Metrics write(Optional<Tally> run, Tally whole) throws IOException {
    if (run.isPresent()) {
      report.write(ofRun(), run.get(), contradictions.counts(subject.firstFreshBatch()));
      runLists.settle();
    }
    if (isOnlyRun()) {
      lists.copy(runLists);
    }
    Metrics metrics = report.write(ofAll(), whole, contradictions.counts(0));
    lists.settle();
    return metrics;
  }

  /** Returns the list of what is to be checked of the whole output. */
  Path review() {
    return lists.review();
  }

  /** Whether all there is is new. */
  private boolean isOnlyRun() {
    return !subject.fresh().isEmpty() && subject.isAllFresh();
  }

  private ScoreReport.Subject ofRun() {
    return new ScoreReport.Subject(
        runDirectory(layout, subject.run()),
        subject.run(),
        "Scoring report, run " + subject.run(),
        "What was new in this run. " + certificates.get(subject.run()).sentence(),
        "All that was ever read into this output",
        "../../index.html",
        subject.freshFound(),
        runPictures,
        subject.freshThroughput(),
        runLists.review().getName(),
        "../../" + DeskPages.INDEX);
  }

  private ScoreReport.Subject ofAll() {
    long last = subject.fresh().isEmpty() ? subject.run() - 1 : subject.run();
    return new ScoreReport.Subject(
        layout.report(),
        null,
        "Scoring report",
        lead() + certificates.get(0L).sentence(),
        "What was new in the last run",
        last == 0 ? null : "runs/" + last + "/index.html",
        subject.found(),
        pictures,
        subject.throughput(),
        lists.review().getName(),
        DeskPages.INDEX);
  }

  /** Says first what there is to do. */
  private String lead() {
    return waiting == 0
        ? "Nothing waits for a person. "
        : new Numbers().count(waiting, ofNumbers ? "number" : "image")
            + (waiting == 1 ? " waits" : " wait")
            + " for a person: key them at the desk, save, and let 'digits correct' take the answers"
            + " in. ";
  }
}
