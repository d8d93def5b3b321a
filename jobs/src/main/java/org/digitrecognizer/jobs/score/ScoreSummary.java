// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.io.PrintWriter;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.digitrecognizer.evaluation.calibration.SiteCalibration;
import org.digitrecognizer.jobs.launch.console.Progress;
import org.digitrecognizer.report.CalibrationWords;
import org.digitrecognizer.report.ConflictsView;
import org.digitrecognizer.report.FieldsView;
import org.digitrecognizer.report.Numbers;

/** The lines at the end of a run. */
final class ScoreSummary {

  /** Beside the page of the whole output. */
  private static final String DESK = "review/index.html";

  private final ScoreOptions options;
  private final PrintWriter out;

  ScoreSummary(ScoreOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /** Prints what a run came to, and where it is. */
  void print(ScoreResult result) {
    if (result.found() == 0) {
      out.println("Nothing new to read.");
    } else {
      boolean images = options.form() == null || result.cellNumbers() > 0;
      String what = images ? "images" : "numbers";
      out.printf(
          Locale.US,
          "Read %,d of %,d new %s in %s (%s %s/s); %,d rejected%n",
          result.scored(),
          result.found(),
          what,
          Progress.duration(result.seconds()),
          new Numbers().rate(result.found() / result.seconds()),
          what,
          result.rejected());
    }
    Numbers numbers = new Numbers();
    if (result.cellNumbers() > 0) {
      out.printf("Their cells make %s%n", numbers.count(result.cellNumbers(), "number"));
    }
    if (result.deferred() > 0) {
      out.printf(
          "%s changed in the last minutes, and will be read by the next run%n",
          numbers.count(result.deferred(), "file"));
    }
    if (result.changed() > 0) {
      out.printf(
          "%s rewritten since reading; --reread reads again%n",
          numbers.count(result.changed(), "file"));
    }
    if (result.unread() > 0) {
      out.printf(
          "%s could not be read to the end before (READ_ERROR, MISSING); --reread tries"
              + " again%n",
          numbers.count(result.unread(), "file"));
    }
    if (!result.review().getName().equals("review.csv")) {
      out.printf(
          "review.csv was changed since a run wrote it, and stays as it is; what is to be"
              + " checked now: %s%n",
          result.review());
    }
    if (result.whole().fields() != null) {
      FieldsView.misfits(result.whole().fields()).forEach(out::println);
    }
    if (result.whole().conflicts() != null && result.whole().conflicts().conflicts() > 0) {
      out.println(ConflictsView.sentence(result.whole().conflicts()));
    }
    printLabels(result, numbers);
    if (result.certificate().audited() > 0) {
      out.println(result.certificate().sentence());
    }
    result.calibration().ifPresent(this::print);
    result.runReport().ifPresent(page -> out.printf("Report on this run: %s%n", page));
    out.printf("Report on all of it: %s%n", result.report());
    if (result.whole().images() > 0) {
      Path desk = new Path(result.report().getParent(), DESK);
      out.printf("Desk, to key what is left to a person: %s%n", desk);
    }
  }

  private void print(SiteCalibration site) {
    out.printf(
        "%s%nCalibration: %s%n",
        new CalibrationWords(site).finding(), new Path(options.output(), SiteCalibration.FILE));
  }

  private void printLabels(ScoreResult result, Numbers numbers) {
    if (result.unmatchedLabels() > 0) {
      out.printf(
          "%s of %s in %s match nothing that was found%n",
          numbers.count(result.unmatchedLabels()),
          numbers.count(result.labels(), "label"),
          options.labels());
    }
    if (options.labelPattern() != null && result.labelled() < result.whole().scored()) {
      out.printf(
          "--label-pattern finds a digit in the names of %s of %s%n",
          numbers.count(result.labelled()), numbers.count(result.whole().scored(), "reading"));
    }
    Double accuracy = result.whole().accuracy();
    if (accuracy != null) {
      out.printf(
          "%s of %s are read as their labels say%n",
          numbers.percent(accuracy), numbers.count(result.whole().labelled(), "labelled reading"));
    }
    if (result.lateLabels() > 0) {
      out.printf(
          "%s came after the reading: they count in the report, but are not in the column"
              + " 'label'; --overwrite reads all again%n",
          numbers.count(result.lateLabels(), "label"));
    }
  }
}
