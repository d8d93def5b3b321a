// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;

/**
 * The pictures that executors have kept beside the rows. They are comfort: a report goes without
 * those that have gone, or are damaged. No more of them are in memory than a report shows.
 */
public final class PictureRows {

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "source string, archive string, ordinal bigint, entry string, page int, digit int,"
              + " confidence double, probabilities array<float>, label int, pixels binary,"
              + " reason string, detail string, picture binary, sure boolean, batch bigint"
              // Of numbers only.
              + ", sheet string, field string, number string, second string,"
              + " secondConfidence double, unconstrained string, status string, trueNumber string,"
              + " digits array<struct<position: int, digit: int, confidence: double,"
              + " box: struct<left: int, top: int, width: int, height: int>>>");

  private final SparkSession spark;
  private final FileSystem fs;
  private final OutputLayout layout;
  private final Consumer<String> note;

  /**
   * @param note says that pictures are left out
   */
  public PictureRows(
      SparkSession spark, FileSystem fs, OutputLayout layout, Consumer<String> note) {
    this.spark = spark;
    this.fs = fs;
    this.layout = layout;
    this.note = note;
  }

  /** Returns the pictures of some chunks, a row each. */
  Dataset<Row> of(List<CommitRecord> records) throws IOException {
    List<String> files = new ArrayList<>();
    Set<Long> cells =
        records.stream()
            .filter(CommitRecord::madeOfCells)
            .map(CommitRecord::batch)
            .collect(Collectors.toSet());
    for (CommitRecord record : records) {
      // Those of single cells have gone, or are about to: their number has one of all of them.
      if (record.pictures() == null || cells.contains(record.batch()) != record.madeOfCells()) {
        continue;
      }
      Path chunk = new Path(layout.pictures(), OutputLayout.chunk(record.batch(), record.chunk()));
      Path file = new Path(chunk, record.pictures().file().name());
      if (record.pictures().file().hasLength(fs, file)) {
        files.add(file.toString());
      } else if (fs.exists(chunk)) {
        // Where the folder has gone, too, somebody has cleared the pictures away on purpose.
        note.accept(file + " is missing or damaged; the report goes without its pictures");
      }
    }
    return files.isEmpty()
        ? spark.createDataFrame(List.<Row>of(), SCHEMA)
        : spark
            .read()
            .schema(SCHEMA)
            .option("basePath", layout.pictures().toString())
            .option("ignoreCorruptFiles", true)
            .option("ignoreMissingFiles", true)
            .parquet(files.toArray(String[]::new));
  }
}
