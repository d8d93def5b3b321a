// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.standing;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.jobs.score.output.Audit;
import org.digitrecognizer.jobs.score.output.CommitRecord;
import org.digitrecognizer.jobs.score.output.OutputLayout;
import org.digitrecognizer.jobs.score.plan.Plan;
import org.digitrecognizer.jobs.score.rows.PartWriter;
import org.digitrecognizer.review.AuditLots;
import org.digitrecognizer.storage.StagedFile;
import org.digitrecognizer.storage.StoredFile;

/** Draws what people are to check of what a run lets stand, and keeps it. */
public final class AuditSample {

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "run bigint, batch bigint, source string, archive string, digit int, number string");

  private static final String DIGIT = "digit";
  private static final String NUMBER = "number";

  private final SparkSession spark;
  private final Configuration configuration;
  private final FileSystem fs;
  private final OutputLayout layout;

  public AuditSample(SparkSession spark, FileSystem fs, OutputLayout layout) {
    this.spark = spark;
    this.configuration = spark.sessionState().newHadoopConf();
    this.fs = fs;
    this.layout = layout;
  }

  /**
   * Draws the audit of a run, and keeps it.
   *
   * @param threshold of the run
   * @param accepted how many readings stand without a person
   * @param readings of the run that stand: {@code source}, {@code archive}, {@code batch} and
   *     {@code read}
   * @param ofNumbers whether what was read is numbers of a form, not digits
   * @param pictures of the run
   * @param plans of the run
   */
  public Audit audit(
      long run,
      double targetError,
      double threshold,
      long accepted,
      AuditLots lots,
      Dataset<Row> readings,
      boolean ofNumbers,
      Dataset<Row> pictures,
      List<Plan> plans)
      throws IOException {
    ArchiveList archives = ArchiveList.of(spark, layout, plans);
    return new Audit(
        run,
        targetError,
        threshold,
        accepted,
        lots.most(),
        lots.seed(),
        draw(run, readings, ofNumbers ? NUMBER : DIGIT, pictures, lots),
        archives.count(),
        archives.sha256());
  }

  /**
   * Draws from the readings of a run, those with the lowest lots, and writes down which. It ends
   * before the first that has no picture, since nobody could key that.
   *
   * @param readings that stand without a person
   * @param column of the file into which goes what was read
   * @param pictures of the run
   * @return the file; null if nothing was drawn
   */
  private CommitRecord.Part draw(
      long run, Dataset<Row> readings, String column, Dataset<Row> pictures, AuditLots lots)
      throws IOException {
    StagedFile file = new StagedFile(fs, new Path(layout.audit(), "run=" + run + ".parquet"));
    // Of a run that died before it was recorded.
    fs.delete(file.target(), false);
    List<Row> drawn = lots.most() == 0 ? List.of() : withPicture(lowest(readings, lots), pictures);
    if (drawn.isEmpty()) {
      return null;
    }
    try (PartWriter rows = new PartWriter(file.staged(), configuration)) {
      for (Row row : drawn) {
        rows.write(group(run, column, row));
      }
    }
    file.publish();
    return new CommitRecord.Part(StoredFile.of(fs, file.target()), drawn.size());
  }

  private List<Row> lowest(Dataset<Row> readings, AuditLots lots) {
    UDF1<String, Double> lot = lots::lot;
    Map<String, Row> once = new LinkedHashMap<>();
    readings
        .select(
            functions.col("source"),
            functions.col("archive"),
            functions.col("batch").cast(DataTypes.LongType),
            functions.col("read"),
            functions.udf(lot, DataTypes.DoubleType).apply(functions.col("source")).as("lot"))
        .orderBy("lot", "source")
        .limit(lots.most())
        .collectAsList()
        .forEach(row -> once.putIfAbsent(row.getString(0), row));
    return List.copyOf(once.values());
  }

  private List<Row> withPicture(List<Row> drawn, Dataset<Row> pictures) {
    if (drawn.isEmpty()) {
      return drawn;
    }
    Dataset<Row> wanted = spark.createDataFrame(drawn, drawn.get(0).schema()).select("source");
    Set<String> pictured = new HashSet<>();
    pictures
        .where("reason is null")
        .select("source")
        .join(functions.broadcast(wanted), "source")
        .collectAsList()
        .forEach(row -> pictured.add(row.getString(0)));
    return drawn.stream().takeWhile(row -> pictured.contains(row.getString(0))).toList();
  }

  private static Group group(long run, String column, Row row) {
    Group group = new SimpleGroup(Audit.ROWS);
    group.append("run", run);
    group.append("batch", row.getLong(2));
    group.append("source", row.getString(0));
    group.append("archive", row.getString(1));
    if (column.equals(DIGIT)) {
      group.append(column, Integer.parseInt(row.getString(3)));
    } else {
      group.append(column, row.getString(3));
    }
    return group;
  }

  /**
   * Returns what was drawn for some audits: {@code run}, {@code batch}, {@code source}, {@code
   * archive} and, as {@code read}, the digit or the number.
   */
  public Dataset<Row> of(List<Audit> audits) {
    String[] files =
        audits.stream()
            .filter(audit -> audit.drawn() != null)
            .map(audit -> new Path(layout.audit(), audit.drawn().file().name()).toString())
            .toArray(String[]::new);
    Dataset<Row> drawn =
        files.length == 0
            ? spark.createDataFrame(List.<Row>of(), SCHEMA)
            : spark.read().schema(SCHEMA).parquet(files);
    return drawn.selectExpr(
        "run", "batch", "source", "archive", "coalesce(number, string(digit)) as read");
  }
}
