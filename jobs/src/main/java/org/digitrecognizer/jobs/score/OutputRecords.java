// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.score.output.CommitLog;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.ExpiredRows;
import org.digitrecognizer.jobs.score.output.Inventory;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.RunLog;
import org.digitrecognizer.jobs.score.plan.FoldedFiles;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.jobs.score.plan.Plans;
import org.digitrecognizer.storage.JsonFile;

/**
 * What an output remembers: the plans of its batches, the records of its chunks, the runs that came
 * to their end. Plans and records are the truth, and are checked against each other and against the
 * files that lie there; the folded file repeats them, so that a night costs a night, and may be
 * lost.
 */
final class OutputRecords {

  private final FileSystem fs;
  private final OutputLayout layout;
  private final Folded folded;
  private final Plans plans;
  private final CommitLog commits;
  private final RunLog runs;
  private final ExpiredRows expired;
  private final NavigableMap<Long, RunLog.Run> ended;
  private final RunLog.Run last;

  /**
   * Plans and records up to the end of a run.
   *
   * @param files of the plans; null if they are few
   * @param totals of all rows, by the labels in them; null if they are to be counted again
   */
  record Folded(
      long run,
      List<Plan> plans,
      FoldedFiles files,
      List<CommitRecord> commits,
      Evaluation totals) {

    static final Folded NONE = new Folded(0, List.of(), null, List.of(), null);
  }

  private OutputRecords(SparkSession spark, FileSystem fs, OutputLayout layout) throws IOException {
    this.fs = fs;
    this.layout = layout;
    this.folded = newestFolded(fs, layout);
    this.plans = Plans.open(spark, fs, layout, folded.plans, folded.files);
    this.commits = CommitLog.open(fs, layout, folded.commits);
    this.runs = new RunLog(fs, layout);
    this.expired = ExpiredRows.of(fs, layout);
    this.ended = runs.all();
    this.last = last(ended.isEmpty() ? RunLog.Run.NONE : ended.lastEntry().getValue());
  }

  /** Reads them, and changes nothing. */
  static OutputRecords read(SparkSession spark, FileSystem fs, OutputLayout layout)
      throws IOException {
    return new OutputRecords(spark, fs, layout);
  }

  /**
   * Reads them, makes visible what a run that died has committed, drops what an expiry that died
   * has left, and checks them.
   *
   * @throws org.digitrecognizer.failure.UserException if a file of the output is missing or was
   *     changed; the message names it
   */
  static OutputRecords open(SparkSession spark, FileSystem fs, OutputLayout layout)
      throws IOException {
    OutputRecords records = new OutputRecords(spark, fs, layout);
    records.commits.publishUnfolded(records.expired);
    records.expired.finish(fs, layout);
    records.check(true);
    return records;
  }

  private static Folded newestFolded(FileSystem fs, OutputLayout layout) throws IOException {
    Folded newest = Folded.NONE;
    if (fs.exists(layout.folded())) {
      for (FileStatus file : fs.listStatus(layout.folded())) {
        Folded next =
            file.isFile()
                ? JsonFile.readIfWhole(fs, file.getPath(), Folded.class).orElse(Folded.NONE)
                : Folded.NONE;
        newest = next.run() > newest.run() ? next : newest;
      }
    }
    return newest;
  }

  /** Where the record of the last run is lost, at least what is committed is not taken for new. */
  private RunLog.Run last(RunLog.Run written) {
    long committed = commits.all().stream().mapToLong(CommitRecord::run).max().orElse(0);
    long run = Math.max(folded.run, committed - 1);
    return run > written.run() ? new RunLog.Run(run, null, null, null) : written;
  }

  /**
   * Compares records, plans and files by names and lengths.
   *
   * @throws org.digitrecognizer.failure.UserException if a file of the output is missing or was
   *     changed; the message names it
   */
  void check() throws IOException {
    check(expired.gone());
  }

  private void check(boolean expiredAreGone) throws IOException {
    if (!expiredAreGone) {
      throw new UserException(
          layout.root() + " has rows that expired; run 'expire' again, which was cut short");
    }
    for (CommitRecord record : commits.all()) {
      if (plans.find(record.batch()).filter(plan -> isOf(record, plan)).isEmpty()) {
        throw Inventory.damage(
            layout.planMarker(record.batch()),
            "is missing, cut off or was changed, though chunks of its batch are done");
      }
    }
    Set<String> committed = new HashSet<>();
    commits
        .all()
        .forEach(record -> committed.add(OutputLayout.chunk(record.batch(), record.chunk())));
    inventory().check(committed::contains);
  }

  /** The record of the numbers that cells make comes behind those of a batch's chunks. */
  private static boolean isOf(CommitRecord record, Plan plan) {
    return record.chunk() < plan.chunks()
        || (record.chunk() == plan.chunks() && record.madeOfCells());
  }

  /** Returns what must lie in the output. */
  Inventory inventory() {
    List<CommitRecord> withRows =
        commits.all().stream().filter(record -> !expired.has(record)).toList();
    Inventory inventory = new Inventory(fs, layout, withRows);
    plans.all().forEach(plan -> inventory.expectPlan(plan.batch(), plan.ranges()));
    ended.values().stream()
        .map(RunLog.Run::audit)
        .filter(Objects::nonNull)
        .forEach(inventory::expectAudit);
    return inventory;
  }

  Plans plans() {
    return plans;
  }

  CommitLog commits() {
    return commits;
  }

  /** Returns the last run that came to its end. */
  RunLog.Run last() {
    return last;
  }

  /** Returns the runs that came to their end, by number. */
  NavigableMap<Long, RunLog.Run> ended() {
    return ended;
  }

  /** Returns the totals of all rows up to the last run, if they were saved. */
  Optional<Evaluation> totals() {
    return folded.run == last.run() ? Optional.ofNullable(folded.totals) : Optional.empty();
  }

  /** Returns the records of chunks since the last run that came to its end. */
  List<CommitRecord> fresh() {
    return commits.all().stream().filter(record -> record.run() > last.run()).toList();
  }

  /** Returns those chunks up to the last run that came to its end whose rows are there. */
  List<CommitRecord> old() {
    return commits.all().stream()
        .filter(record -> record.run() <= last.run() && !expired.has(record))
        .toList();
  }

  /** Returns which batches' rows are gone since they were old. */
  ExpiredRows expired() {
    return expired;
  }

  /**
   * Returns the plans of which a chunk is not done, by batch.
   *
   * @param cells whether the numbers that a batch's cells make are to be done, too
   */
  List<Plan> unfinished(boolean cells) {
    return plans.all().stream().filter(plan -> !isDone(plan, cells)).toList();
  }

  private boolean isDone(Plan plan, boolean cells) {
    long last = cells ? plan.chunks() : plan.chunks() - 1;
    for (long chunk = 0; chunk <= last; chunk++) {
      if (commits.find(plan.batch(), chunk).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Forgets what is folded, before a record that is in it changes. */
  void unfold() throws IOException {
    fs.delete(layout.folded(), true);
  }

  /**
   * Records that a run has come to its end.
   *
   * @param totals of all rows by the labels in them; null if they are not known
   */
  void end(RunLog.Run run, Evaluation totals) throws IOException {
    runs.write(run);
    fold(run.run(), totals);
  }

  /** Folds plans and records up to the last run, if that run died before it had. */
  void foldIfMissing(Evaluation totals) throws IOException {
    if (folded.run < last.run()) {
      fold(last.run(), totals);
    }
  }

  private void fold(long run, Evaluation totals) throws IOException {
    Path file = new Path(layout.folded(), "run=" + run + ".json");
    FoldedFiles files = plans.fold();
    JsonFile.seal(fs, file, new Folded(run, plans.all(), files, commits.all(), totals));
    Set<Path> whole = new HashSet<>(Set.of(fs.makeQualified(file)));
    if (files != null) {
      whole.add(fs.makeQualified(layout.foldedFiles(files.batch())));
    }
    for (FileStatus other : fs.listStatus(layout.folded())) {
      if (!whole.contains(other.getPath())) {
        fs.delete(other.getPath(), true);
      }
    }
  }

  /**
   * Reads all plans' and records' own files, also those that are folded.
   *
   * @throws org.digitrecognizer.failure.UserException if one is missing or was changed
   */
  void checkSealed() throws IOException {
    for (Plan plan : plans.all()) {
      requireSame(layout.planMarker(plan.batch()), Plan.class, plan);
    }
    for (CommitRecord record : commits.all()) {
      requireSame(layout.commit(record.batch(), record.chunk()), CommitRecord.class, record);
    }
  }

  private <T> void requireSame(Path file, Class<T> type, T expected) throws IOException {
    if (JsonFile.readIfWhole(fs, file, type).filter(expected::equals).isEmpty()) {
      throw Inventory.damage(file, "is missing, cut off or was changed");
    }
  }
}
