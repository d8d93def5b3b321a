// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.standing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.rows.CellRows;
import org.digitrecognizer.jobs.score.rows.NumberRows;
import org.digitrecognizer.jobs.score.rows.OutputRows;

/**
 * Says of each image, or of each number of a form, what stands as long as no other number
 * contradicts it: what people have decided; else what the machine has read, where it is at least as
 * sure as the threshold of the run that read it; else nothing yet.
 */
final class StandingRows {

  private static final String[] DIGITS = {
    "source",
    "source as image",
    "archive",
    "string(null) as form",
    "string(null) as sheet",
    "string(null) as field",
    "string(digit) as read",
    "confidence",
    "batch",
    "chunk"
  };

  /** A number stands for all images that it was read from, under its own name. */
  private static final String[] NUMBERS = {
    "coalesce(source, sources[0]) as source",
    "sources[0] as image",
    "archive",
    "form",
    "sheet",
    "field",
    "if(status = 'READ', number, null) as read",
    "confidence",
    "batch",
    "chunk"
  };

  private static final String[] REJECTS = {
    "source",
    "source as image",
    "archive",
    "string(null) as form",
    "string(null) as sheet",
    "string(null) as field",
    "string(null) as read",
    "double(null) as confidence",
    "batch",
    "chunk"
  };

  private static final String STANDS = "read is not null and confidence >= threshold";

  private static final String BY =
      "case when decided is not null then 'person' when "
          + STANDS
          + " then 'machine'"
          + " else 'open' end";

  private final SparkSession spark;
  private final OutputLayout layout;

  StandingRows(SparkSession spark, OutputLayout layout) {
    this.spark = spark;
    this.layout = layout;
  }

  /**
   * Returns the rows of some chunks, with the columns of their folders.
   *
   * @param chunks their folders below those of predictions, numbers and rejects, or those of whole
   *     batches
   * @param verdicts as {@link Verdicts#of} returns them
   */
  Dataset<Row> of(List<String> chunks, Thresholds thresholds, Dataset<Row> verdicts) {
    return read(chunks)
        .withColumn("threshold", thresholds.ofRows())
        .join(decided(verdicts), new String[] {"source"}, "left_outer")
        .withColumn("by", functions.expr(BY))
        .withColumn(
            "value",
            functions.expr("case by when 'person' then decided when 'machine' then read end"))
        .select(
            "source",
            "archive",
            "form",
            "sheet",
            "field",
            "value",
            "by",
            "confidence",
            "person",
            "batch",
            "chunk");
  }

  /**
   * Returns which batches have numbers of some kind.
   *
   * @param kind by the columns of {@link #of} and {@code image}, the first that a number was read
   *     from, null for none
   * @param among these; empty for all
   */
  Set<Long> batchesWith(Set<Long> among, Column kind) {
    List<String> folders =
        among.isEmpty() ? List.of("") : among.stream().map(batch -> "batch=" + batch).toList();
    Set<Long> batches = new TreeSet<>();
    read(folders)
        .where(kind)
        .select("batch")
        .distinct()
        .collectAsList()
        .forEach(row -> batches.add((long) row.getInt(0)));
    return batches;
  }

  /** Returns a checksum, by the folder of a chunk, of what people have decided of its rows. */
  Map<String, Long> answersByChunk(Dataset<Row> verdicts) {
    Map<String, Long> answers = new HashMap<>();
    read(List.of(""))
        .select("source", "batch", "chunk")
        .join(decided(verdicts), "source")
        .groupBy("batch", "chunk")
        .agg(functions.expr("bit_xor(xxhash64(source, decided, person))").as("answers"))
        .collectAsList()
        .forEach(
            row ->
                answers.put(
                    OutputLayout.chunk(row.<Integer>getAs("batch"), row.<Integer>getAs("chunk")),
                    row.getAs("answers")));
    return answers;
  }

  private static Dataset<Row> decided(Dataset<Row> verdicts) {
    return verdicts
        .where(functions.col("value").isNotNull())
        .selectExpr("source", "value as decided", "person");
  }

  private Dataset<Row> read(List<String> chunks) {
    boolean ofForm = exists(layout.numbers());
    Dataset<Row> readings =
        ofForm
            ? rows(layout.numbers(), NumberRows.NUMBERS, chunks, NUMBERS)
            : rows(layout.predictions(), OutputRows.PREDICTIONS, chunks, DIGITS);
    return readings.unionAll(rows(layout.rejected(), CellRows.REJECTED, chunks, REJECTS));
  }

  /** For a cell that was rejected stands its number. */
  private static Dataset<Row> notOfNumbers(Dataset<Row> rows) {
    return List.of(rows.columns()).contains("reason") ? rows.where("field is null") : rows;
  }

  private boolean exists(Path folder) {
    try {
      return folder.getFileSystem(spark.sessionState().newHadoopConf()).exists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Dataset<Row> rows(Path kind, MessageType columns, List<String> chunks, String[] select) {
    String[] folders =
        chunks.stream()
            .map(chunk -> chunk.isEmpty() ? kind : new Path(kind, chunk))
            .filter(this::exists)
            .map(Path::toString)
            .toArray(String[]::new);
    StructType schema =
        new ParquetToSparkSchemaConverter(spark.sessionState().conf()).convert(columns);
    Dataset<Row> rows =
        folders.length == 0
            ? spark.createDataFrame(List.<Row>of(), schema)
            : spark.read().schema(schema).option("basePath", kind.toString()).parquet(folders);
    // Spark makes these columns out of folders' names, and has none where there are no rows.
    if (!List.of(rows.columns()).contains("batch")) {
      rows = rows.withColumn("batch", functions.lit(0)).withColumn("chunk", functions.lit(0));
    }
    return notOfNumbers(rows).selectExpr(select);
  }
}
