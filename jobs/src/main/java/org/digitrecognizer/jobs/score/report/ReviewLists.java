// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.digitrecognizer.evaluation.NumberOutcome;
import org.digitrecognizer.evaluation.files.NumberReviewCsv;
import org.digitrecognizer.evaluation.files.RejectedCsv;
import org.digitrecognizer.evaluation.files.ReviewCsv;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.tally.OutputFigures;
import org.digitrecognizer.review.SourceHash;

/** The lists of what is left to a person, as CSV: what was read, and what could not be. */
final class ReviewLists {

  private final ReviewFile review;
  private final ReviewFile rejected;

  private ReviewLists(ReviewFile review, ReviewFile rejected) {
    this.review = review;
    this.rejected = rejected;
  }

  /** Returns the lists of one run, which no other run writes. */
  static ReviewLists ofRun(FileSystem fs, Path directory) {
    return new ReviewLists(
        ReviewFile.in(fs, directory, ReviewFile.REVIEW),
        ReviewFile.in(fs, directory, ReviewFile.REJECTED));
  }

  /** Returns the lists of the whole output, as {@link ReviewFile#of} does. */
  static ReviewLists ofAll(FileSystem fs, OutputLayout layout, long run) throws IOException {
    return new ReviewLists(
        ReviewFile.of(fs, layout, ReviewFile.REVIEW, run),
        ReviewFile.of(fs, layout, ReviewFile.REJECTED, run));
  }

  /**
   * Writes the lists of some batches, under names that they do not keep.
   *
   * @param ofNumbers whether what is read is numbers and not digits
   * @param rejects how many images could not be read; Spark is not asked for none
   * @return how many readings are left to a person
   */
  long write(ReviewQueue queue, boolean ofNumbers, Column batches, long rejects)
      throws IOException {
    rejected.write(out -> writeRejects(rejects == 0 ? null : queue.rejects(batches), out));
    long[] readings = new long[1];
    review.write(
        out -> {
          Dataset<Row> rows = queue.readings(batches);
          readings[0] = ofNumbers ? writeNumbers(rows, out) : writeDigits(rows, out);
        });
    return readings[0];
  }

  /** Writes what other lists have, under names that they do not keep. */
  void copy(ReviewLists settled) throws IOException {
    review.copy(settled.review);
    rejected.copy(settled.rejected);
  }

  /** Gives what was written its names. */
  void settle() throws IOException {
    review.settle();
    rejected.settle();
  }

  /** Returns the list of what was read. */
  Path review() {
    return review.path();
  }

  private static long writeDigits(Dataset<Row> readings, OutputStream out) throws IOException {
    long count = 0;
    try (ReviewCsv csv = new ReviewCsv(text(out))) {
      Iterator<Row> rows = readings.toLocalIterator();
      for (; rows.hasNext(); count++) {
        Row row = rows.next();
        String source = row.getAs("source");
        csv.write(
            source,
            row.getAs("archive"),
            row.<Long>getAs("ordinal"),
            row.getAs("entry"),
            row.<Integer>getAs("page"),
            OutputFigures.reading(row),
            SourceHash.id(source));
      }
    }
    return count;
  }

  private static long writeNumbers(Dataset<Row> numbers, OutputStream out) throws IOException {
    long count = 0;
    try (NumberReviewCsv csv = new NumberReviewCsv(text(out))) {
      Iterator<Row> rows = numbers.toLocalIterator();
      for (; rows.hasNext(); count++) {
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
    return count;
  }

  private static String why(Row number) {
    String conflict = number.getAs("conflict");
    if (conflict != null) {
      return conflict;
    }
    String status = number.getAs("status");
    if (!status.equals(NumberOutcome.Kind.READ.name())) {
      return status.toLowerCase(Locale.ROOT);
    }
    return number.getAs("number") == null ? "rule allows none" : "unsure";
  }

  private static void writeRejects(Dataset<Row> rejects, OutputStream out) throws IOException {
    try (RejectedCsv csv = new RejectedCsv(text(out))) {
      Iterator<Row> rows =
          rejects == null ? Collections.emptyIterator() : rejects.toLocalIterator();
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
}
