// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.report;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.digitrecognizer.evaluation.NumberOutcome;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.standing.AnswersKnown;
import org.digitrecognizer.review.Desk;
import org.digitrecognizer.review.Verdict;
import org.digitrecognizer.storage.JsonFile;
import org.digitrecognizer.storage.StagedFile;

/**
 * The folder of the desk's pages. A new one grows beside the old one, and then takes its place. The
 * driver streams the items: no more of them are in memory than a partition of the sorted rows has.
 */
final class DeskPages {

  /** Where they are, relative to the report. */
  static final String FOLDER = "review";

  /** The page that lists the others, relative to the report. */
  static final String INDEX = FOLDER + "/" + Desk.INDEX;

  private static final String NONE_ALLOWED = "the rule allows none";
  private static final String STATE = "_desk.json";

  private final FileSystem fs;
  private final StagedFile pages;

  DeskPages(FileSystem fs, OutputLayout layout) {
    this.fs = fs;
    this.pages = new StagedFile(fs, new Path(layout.report(), FOLDER));
  }

  /** Whether pages are there that were made from the same. */
  boolean areOf(AnswersKnown state) throws IOException {
    return JsonFile.readIfWhole(fs, new Path(pages.target(), STATE), AnswersKnown.class)
        .filter(state::equals)
        .isPresent();
  }

  /**
   * Writes the pages.
   *
   * @param items as {@link ReviewQueue#desk} returns them
   * @param readings that are left to a person, with a picture or without
   * @return how many images wait for a person: readings, rejects with a picture, and the audit's
   */
  long write(Dataset<Row> items, long readings, Desk.About about, AnswersKnown state)
      throws IOException {
    long waiting;
    pages.discard();
    Path unfinished = pages.staged();
    try (Desk desk = new Desk(name -> fs.create(new Path(unfinished, name), true), about)) {
      Iterator<Row> rows = items.toLocalIterator();
      int reason = items.schema().fieldIndex("reason");
      int conflict = items.schema().fieldIndex("conflict");
      long withPicture = 0;
      while (rows.hasNext()) {
        Row row = rows.next();
        Desk.Item item = item(row, state.doubleKey());
        boolean listed = !item.alone() || !row.isNullAt(conflict);
        withPicture += row.isNullAt(reason) && listed ? 1 : 0;
        desk.add(item);
      }
      desk.leaveOut(readings - withPicture);
      waiting = desk.items() + readings - withPicture;
    }
    JsonFile.seal(fs, new Path(unfinished, STATE), state);
    pages.publish();
    return waiting;
  }

  private static Desk.Item item(Row row, boolean doubleKey) {
    Integer digit = row.getAs("digit");
    String read = digit == null ? row.getAs("number") : digit.toString();
    String conflict = row.getAs("conflict");
    String reason = conflict == null ? row.getAs("reason") : conflict;
    Integer answers = row.getAs("answers");
    return new Desk.Item(
        row.getAs("source"),
        answers == null ? 0 : answers,
        read,
        notAsked(row, doubleKey),
        read == null && reason == null ? why(row.getAs("status")) : reason,
        row.<Boolean>getAs("audited"),
        row.getAs("picture"));
  }

  /**
   * Returns who is not asked again. An audited reading may be keyed a second time by whoever keyed
   * it first, since there may be nobody else; not where people differ, or two are to key all.
   */
  private static List<String> notAsked(Row row, boolean doubleKey) {
    int keyedBy = row.fieldIndex("keyedBy");
    boolean anybody =
        row.<Boolean>getAs("audited")
            && !doubleKey
            && Verdict.State.OPEN.name().equals(row.getAs("state"));
    return anybody || row.isNullAt(keyedBy) ? List.of() : row.getList(keyedBy);
  }

  private static String why(String status) {
    return NumberOutcome.Kind.INCOMPLETE.name().equals(status)
            || NumberOutcome.Kind.DUPLICATE.name().equals(status)
        ? status
        : NONE_ALLOWED;
  }
}
