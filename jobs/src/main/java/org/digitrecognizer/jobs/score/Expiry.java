// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.evaluation.Evaluation;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputIdentity;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.output.SumCheck;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.jobs.score.report.ExpiredReports;
import org.digitrecognizer.jobs.score.standing.FinalRows;
import org.digitrecognizer.storage.OutputLock;

/**
 * Drops what is old of an output, a batch at a time: pictures and the pages that show them and, if
 * asked, rows. What they came to stays, and so does what people said. After a death the same again
 * ends it: pictures go last, so that what is left of them says that there is something to do.
 */
public final class Expiry {

  private final SparkSession spark;
  private final FileSystem fs;
  private final OutputLayout layout;

  /**
   * What was dropped.
   *
   * @param pictures batches whose pictures went
   * @param rows batches whose rows went
   */
  public record Result(int pictures, int rows) {}

  private Expiry(SparkSession spark, FileSystem fs, OutputLayout layout) {
    this.spark = spark;
    this.fs = fs;
    this.layout = layout;
  }

  /**
   * Drops what was read before some time.
   *
   * @param output of score
   * @param rows whether rows go, too
   * @throws UserException if it is no output, damaged, or a run is writing to it
   */
  public static Result run(SparkSession spark, Path output, Instant before, boolean rows)
      throws IOException {
    FileSystem fs = output.getFileSystem(spark.sessionState().newHadoopConf());
    OutputLayout layout = new OutputLayout(fs.makeQualified(output));
    if (!fs.exists(layout.predictions()) || !fs.exists(layout.rejected())) {
      throw new UserException(
          output
              + " is no output of score: it has no predictions/ and rejected/; name the folder"
              + " that was given to score as --output");
    }
    OutputIdentity.require(fs, layout);
    try (OutputLock lock = OutputLock.acquire(fs, layout.root())) {
      Result result = new Expiry(spark, fs, layout).run(before, rows);
      lock.requireHeld();
      return result;
    }
  }

  private Result run(Instant before, boolean rows) throws IOException {
    OutputRecords records = OutputRecords.open(spark, fs, layout);
    List<Long> old = old(records, before);
    Set<Long> pictured = pictured();
    List<Long> ofPictures = old.stream().filter(pictured::contains).toList();
    List<Long> ofRows =
        rows
            ? old.stream().filter(batch -> !records.expired().batches().contains(batch)).toList()
            : List.of();
    Set<Long> batches = new HashSet<>(ofPictures);
    batches.addAll(ofRows);
    if (!batches.isEmpty()) {
      new ExpiredReports(fs, layout).drop(runs(records, batches), rows);
    }
    if (!ofRows.isEmpty()) {
      Evaluation totals = totals(records, ofRows);
      FinalRows.forget(fs, layout, ofRows);
      records.expired().add(fs, layout, ofRows, totals);
    }
    for (long batch : ofPictures) {
      fs.delete(new Path(layout.pictures(), "batch=" + batch), true);
    }
    return new Result(ofPictures.size(), ofRows.size());
  }

  /** Returns the batches that a run has reported on and of which all was read before some time. */
  private static List<Long> old(OutputRecords records, Instant before) {
    Map<Long, Boolean> old = new TreeMap<>();
    for (CommitRecord record : records.commits().all()) {
      boolean ofOldRun = record.run() <= records.last().run();
      boolean isOld = ofOldRun && Instant.parse(record.finishedAt()).isBefore(before);
      old.merge(record.batch(), isOld, Boolean::logicalAnd);
    }
    boolean cells = records.commits().all().stream().anyMatch(CommitRecord::madeOfCells);
    records.unfinished(cells).stream().map(Plan::batch).forEach(old::remove);
    return old.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }

  private Set<Long> pictured() throws IOException {
    try {
      return Stream.of(fs.listStatus(layout.pictures()))
          .map(FileStatus::getPath)
          .map(Path::getName)
          .filter(name -> name.matches("batch=\\d+"))
          .map(name -> Long.valueOf(name.substring("batch=".length())))
          .collect(Collectors.toSet());
    } catch (FileNotFoundException e) {
      return Set.of();
    }
  }

  private static Set<Long> runs(OutputRecords records, Set<Long> batches) {
    return records.commits().all().stream()
        .filter(record -> batches.contains(record.batch()))
        .map(CommitRecord::run)
        .collect(Collectors.toSet());
  }

  private Evaluation totals(OutputRecords records, List<Long> batches) throws IOException {
    boolean ofNumbers = OutputIdentity.formOf(fs, layout) != null;
    Evaluation totals = ExpiredReports.totals(spark, layout, ofNumbers, batches);
    long written =
        records.commits().all().stream()
            .filter(record -> batches.contains(record.batch()))
            .mapToLong(record -> record.counted(ofNumbers))
            .sum();
    long rejected = totals.rejected().values().stream().mapToLong(Long::longValue).sum();
    SumCheck.requireComplete(layout, written, totals.scored(), rejected);
    return totals;
  }
}
