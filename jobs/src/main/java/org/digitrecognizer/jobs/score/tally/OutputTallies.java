// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.tally;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.ExpiredRows;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.SumCheck;
import org.digitrecognizer.reading.Truth;

/** What the rows of a run and of the whole output come to, checked against the commit records. */
public final class OutputTallies {

  private final OutputFigures figures;
  private final FileSystem fs;
  private final OutputLayout layout;
  private final Truth truth;
  private final boolean ofNumbers;

  /**
   * @param truth what this run knows of it
   * @param ofNumbers whether what is counted is numbers and not digits
   */
  public OutputTallies(
      OutputFigures figures, FileSystem fs, OutputLayout layout, Truth truth, boolean ofNumbers) {
    this.figures = figures;
    this.fs = fs;
    this.layout = layout;
    this.truth = truth;
    this.ofNumbers = ofNumbers;
  }

  /** Returns that of what is new; empty if nothing is. */
  public Optional<Tally> ofRun(ReportSubject subject) {
    return subject.fresh().isEmpty()
        ? Optional.empty()
        : Optional.of(complete(figures.tally(subject.freshBatches(), truth), subject.fresh()));
  }

  /**
   * Returns that of everything, from the totals of before where they still hold.
   *
   * @param run as {@link #ofRun} returns it
   */
  public Tally ofAll(ReportSubject subject, Optional<Tally> run) throws IOException {
    if (run.isPresent() && subject.isAllFresh()) {
      return run.get();
    }
    Tally sum;
    if (subject.totals().isEmpty() || truth != Truth.UNKNOWN || subject.again()) {
      sum = figures.tally(OutputFigures.all(), truth);
      sum.merge(Tally.of(ExpiredRows.of(fs, layout).totals()));
    } else {
      sum = Tally.of(subject.totals().get());
      run.ifPresent(sum::merge);
    }
    return complete(sum, subject.records());
  }

  private Tally complete(Tally tally, List<CommitRecord> records) {
    Evaluation rows = tally.evaluation();
    long written = records.stream().mapToLong(record -> record.counted(ofNumbers)).sum();
    SumCheck.requireComplete(layout, written, rows.scored(), tally.rejected());
    return tally;
  }
}
