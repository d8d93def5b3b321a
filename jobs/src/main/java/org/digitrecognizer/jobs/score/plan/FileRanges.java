// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.plan;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.digitrecognizer.archive.ArchivePlan;
import org.digitrecognizer.archive.ArchivePlanner;
import org.digitrecognizer.archive.ArchiveRange;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.jobs.score.source.SourceFiles;
import org.digitrecognizer.reading.PlannedRange;
import org.digitrecognizer.reading.RetriedRead;

/**
 * The ranges of some files as rows of a plan, with those of one file in memory at a time. A file
 * system that fails is tried again by Spark; at the last attempt the file goes into the plan as one
 * that cannot be read. An archive without entries is a range, too: no file is passed over in
 * silence.
 */
final class FileRanges implements Iterator<Row> {

  private final ArchivePlanner planner;
  private final boolean lastAttempt;
  private final Iterator<Row> files;
  private final Queue<Row> ready = new ArrayDeque<>();

  /**
   * @param files columns of {@link SourceFiles}, and {@link PlanRows#DUE}
   */
  FileRanges(ArchivePlanner planner, boolean lastAttempt, Iterator<Row> files) {
    this.planner = planner;
    this.lastAttempt = lastAttempt;
    this.files = files;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && files.hasNext()) {
      plan(files.next());
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void plan(Row file) {
    String path = file.getAs(SourceFiles.PATH);
    long modified = file.<Long>getAs(SourceFiles.MODIFIED);
    long length = file.<Long>getAs(SourceFiles.LENGTH);
    Rejection unopened = PlanRows.rejection(file);
    if (unopened != null) {
      add(PlannedRange.rejected(path, modified, length, unopened), file);
      return;
    }
    try (ArchivePlan plan = planner.plan(new Path(path), length)) {
      boolean empty = true;
      while (plan.hasNext()) {
        ArchiveRange range = plan.next();
        empty &= range.files() == 0;
        add(new PlannedRange(path, modified, range, null), file);
      }
      if (empty) {
        ready.clear();
        add(PlannedRange.empty(path, modified, plan.format(), length), file);
      }
    } catch (IOException e) {
      if (!lastAttempt) {
        throw new RetriedRead(path, e);
      }
      ready.clear();
      add(
          PlannedRange.rejected(path, modified, length, Rejection.storageFailed(e.toString())),
          file);
    }
  }

  private void add(PlannedRange range, Row file) {
    ready.add(PlanRows.of(range, file.getAs(PlanRows.DUE)));
  }
}
