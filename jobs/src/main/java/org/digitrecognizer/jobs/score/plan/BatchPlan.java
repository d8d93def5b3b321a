package org.digitrecognizer.jobs.score.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.digitrecognizer.reading.PlannedRange;

/** The saved plan of one batch of files: which ranges are read in which chunk. */
public final class BatchPlan {

  private static final Comparator<Row> BY_FILE =
      Comparator.comparing((Row row) -> row.<String>getAs(PlanRows.PATH))
          .thenComparing(row -> row.<Long>getAs(PlanRows.ORDINAL));

  private final Summary summary;
  private final Dataset<Row> rows;

  /**
   * What a plan comes to.
   *
   * @param batch its number
   * @param files how many there are
   * @param chunks how many the ranges make
   * @param images how many of the images could be counted
   * @param uncounted ranges whose images can only be counted by reading them
   * @param bytes of all files
   * @param deferred files that are left for later, and not among the others
   */
  public record Summary(
      long batch, long files, long chunks, long images, long uncounted, long bytes, long deferred) {

    /** Returns how many images there are at the least, as {@link PlannedRange#images}. */
    public long leastImages() {
      return images + uncounted;
    }
  }

  BatchPlan(Summary summary, Dataset<Row> rows) {
    this.summary = summary;
    this.rows = rows;
  }

  /** Returns the ranges, in rows of {@link PlanRows}. */
  Dataset<Row> rows() {
    return rows;
  }

  public Summary summary() {
    return summary;
  }

  /**
   * Returns the ranges of a chunk, by task, each in the order of the files, as rows of {@link
   * PlanRows}.
   *
   * @param chunk from 0
   */
  public List<List<Row>> tasks(long chunk) {
    TreeMap<Long, List<Row>> tasks = new TreeMap<>();
    // Sorted here: Spark would take two jobs more for some dozens of rows.
    List<Row> ranges =
        new ArrayList<>(rows.where(functions.col(PlanRows.CHUNK).equalTo(chunk)).collectAsList());
    ranges.sort(BY_FILE);
    for (Row row : ranges) {
      tasks.computeIfAbsent(row.<Long>getAs(PlanRows.TASK), task -> new ArrayList<>()).add(row);
    }
    return List.copyOf(tasks.values());
  }
}
