// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.source;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Which of the files that lie there are to be read, and why: what lies there less what is known.
 */
public final class DueFiles implements AutoCloseable {

  /** Name of the column that says why a file is due. */
  public static final String DUE = "due";

  private final Dataset<Row> files;
  private final Map<Due, Long> counts;
  private final boolean reread;

  private DueFiles(Dataset<Row> files, Map<Due, Long> counts, boolean reread) {
    this.files = files;
    this.counts = counts;
    this.reread = reread;
  }

  /**
   * Finds them.
   *
   * @param now the files that lie there, columns of {@link SourceFiles}
   * @param known the files of all plans as they were last planned, the columns path, modified and
   *     length of {@link SourceFiles}
   * @param unread files that could not be read to their end, a column path
   * @param settledBefore a file that changed later is left alone, in milliseconds since 1970
   * @param reread whether files of which there are rows are read again
   */
  public static DueFiles find(
      Dataset<Row> now,
      Dataset<Row> known,
      Dataset<Row> unread,
      long settledBefore,
      boolean reread) {
    Dataset<Row> before =
        known.select(
            col(SourceFiles.PATH).as("knownPath"),
            col(SourceFiles.MODIFIED).as("knownModified"),
            col(SourceFiles.LENGTH).as("knownLength"));
    Dataset<Row> failed = unread.select(col(SourceFiles.PATH).as("unreadPath"));
    Dataset<Row> due =
        now.join(before, col(SourceFiles.PATH).equalTo(col("knownPath")), "left_outer")
            .join(failed, col(SourceFiles.PATH).equalTo(col("unreadPath")), "left_outer")
            .withColumn(DUE, due(SourceFiles.settledBefore(settledBefore)))
            .where(col(DUE).isNotNull())
            .drop("knownPath", "knownModified", "knownLength", "unreadPath");
    return now.isLocal() ? ofDriver(due, reread) : ofExecutors(due.cache(), reread);
  }

  /** Where the driver has the files, it can have those that are due, and Spark need not count. */
  private static DueFiles ofDriver(Dataset<Row> due, boolean reread) {
    List<Row> files = due.collectAsList();
    Map<Due, Long> counts =
        files.stream().collect(groupingBy(row -> Due.valueOf(row.<String>getAs(DUE)), counting()));
    return new DueFiles(due.sparkSession().createDataFrame(files, due.schema()), counts, reread);
  }

  private static DueFiles ofExecutors(Dataset<Row> due, boolean reread) {
    Map<Due, Long> counts =
        due.groupBy(DUE).count().collectAsList().stream()
            .collect(toMap(row -> Due.valueOf(row.getString(0)), row -> row.getLong(1)));
    return new DueFiles(due, counts, reread);
  }

  private static Column due(Column settled) {
    Column rewritten =
        col(SourceFiles.MODIFIED)
            .notEqual(col("knownModified"))
            .or(col(SourceFiles.LENGTH).notEqual(col("knownLength")));
    Column canBeOpened = col(SourceFiles.REASON).isNull();
    return when(col("knownPath").isNull().and(settled), Due.NEW.name())
        .when(col("knownPath").isNull(), Due.WAITING.name())
        .when(settled.and(canBeOpened).and(rewritten), Due.REWRITTEN.name())
        .when(settled.and(canBeOpened).and(col("unreadPath").isNotNull()), Due.UNREAD.name());
  }

  /** Returns how many files there are of a kind. */
  public long count(Due due) {
    return counts.getOrDefault(due, 0L);
  }

  /** Whether there is a file to be read now. */
  public boolean isAny() {
    return now().stream().anyMatch(due -> count(due) > 0);
  }

  /** Returns the files to be read now, columns of {@link SourceFiles} and {@link #DUE}. */
  public Dataset<Row> files() {
    return files.where(functions.col(DUE).isInCollection(now().stream().map(Due::name).toList()));
  }

  private Set<Due> now() {
    return reread ? Set.of(Due.NEW, Due.REWRITTEN, Due.UNREAD) : Set.of(Due.NEW);
  }

  @Override
  public void close() {
    files.unpersist();
  }
}
