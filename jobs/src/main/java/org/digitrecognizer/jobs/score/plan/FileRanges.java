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
   * @param files columns of {@link SourceFiles}
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
    try (ArchivePlan plan = planner.plan(new Path(path), length)) {
      boolean empty = true;
      while (plan.hasNext()) {
        ArchiveRange range = plan.next();
        empty &= range.files() == 0;
        ready.add(PlanRows.of(new PlannedRange(path, modified, range, null)));
      }
      if (empty) {
        ready.clear();
        ready.add(PlanRows.of(PlannedRange.empty(path, modified, plan.format(), length)));
      }
    } catch (IOException e) {
      if (!lastAttempt) {
        throw new RetriedRead(path, e);
      }
      ready.clear();
      ready.add(PlanRows.of(PlannedRange.unreadable(path, modified, length, e.toString())));
    }
  }
}
