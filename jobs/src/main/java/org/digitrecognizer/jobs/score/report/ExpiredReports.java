// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.tally.OutputFigures;
import org.digitrecognizer.reading.Truth;
import org.digitrecognizer.storage.StagedFile;

/** What of the reports goes when pictures, or rows, have become too old. Figures stay. */
public final class ExpiredReports {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="color-scheme" content="light dark">
      <title>Scoring report, without pictures</title>
      </head>
      <body>
      <h1>Scoring report, without pictures</h1>
      <p>%s What it came to is in <a href="metrics.json">metrics.json</a> and \
      <a href="certificate.json">certificate.json</a>.</p>
      </body>
      </html>
      """;

  private static final String OF_A_RUN = "The pictures of this run were dropped when they expired.";

  private static final String OF_ALL =
      "Pictures were dropped when they expired. The next run of score writes this page and the desk"
          + " anew, with those that are left.";

  private final FileSystem fs;
  private final OutputLayout layout;

  public ExpiredReports(FileSystem fs, OutputLayout layout) {
    this.fs = fs;
    this.layout = layout;
  }

  /** Returns what the rows of some batches come to, by the labels in them. */
  public static Evaluation totals(
      SparkSession spark, OutputLayout layout, boolean ofNumbers, List<Long> batches) {
    return new OutputFigures(spark, layout, ofNumbers)
        .tally(functions.col("batch").isin(batches.toArray()), Truth.UNKNOWN)
        .evaluation();
  }

  /**
   * Drops the desk, and puts pages without pictures in the place of those on the whole output and
   * on some runs; the next run writes the first two anew.
   *
   * @param lists whether lists of readings go, too; those that a person has changed stay
   */
  public void drop(Collection<Long> runs, boolean lists) throws IOException {
    StagedFile desk = new StagedFile(fs, new Path(layout.report(), DeskPages.FOLDER));
    desk.discard();
    fs.delete(desk.target(), true);
    replacePage(layout.report(), OF_ALL);
    for (long run : runs) {
      Path folder = RunPages.runDirectory(layout, run);
      replacePage(folder, OF_A_RUN);
      if (lists) {
        for (String list : ReviewFile.LISTS) {
          fs.delete(ReviewFile.in(fs, folder, list).path(), false);
        }
      }
    }
    if (lists) {
      ReviewFile.drop(fs, layout);
    }
  }

  private void replacePage(Path folder, String what) throws IOException {
    Path page = ScoreReport.page(folder);
    if (fs.exists(page)) {
      byte[] html = PAGE.formatted(what).getBytes(StandardCharsets.UTF_8);
      new StagedFile(fs, page).write(out -> out.write(html));
    }
  }
}
