// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.standing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.review.Answer;
import org.digitrecognizer.review.Corrections;
import org.digitrecognizer.review.Verdict;
import org.digitrecognizer.review.Verdict.Rule;
import org.digitrecognizer.storage.Requests;

/** What the answers of people come to, image by image. */
public final class Verdicts {

  /** The state of an image about which nobody is asked any more; an audit counts no other. */
  public static final String FINAL = Verdict.State.FINAL.name();

  private static final StructType ANSWERS = StructType.fromDDL(Corrections.COLUMNS);
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "source string, state string, value string, person string, answers int,"
              + " keyedBy array<string>");

  private Verdicts() {}

  /** Returns the names of the files of answers that there are, in their order. */
  public static List<String> files(FileSystem fs, Path folder) throws IOException {
    return Requests.list(fs, folder).stream()
        .map(FileStatus::getPath)
        .map(Path::getName)
        .filter(name -> !name.startsWith("_") && !name.startsWith("."))
        .sorted()
        .toList();
  }

  /** Returns what there is where nobody has said anything; see {@link #of}. */
  public static Dataset<Row> none(SparkSession spark) {
    return spark.createDataFrame(List.<Row>of(), SCHEMA);
  }

  /**
   * Returns all answers, with the columns of {@link Corrections} and {@code said}: when, or at the
   * latest; of a list that was filled in, when it was taken in.
   *
   * @param files of answers, by name
   */
  public static Dataset<Row> answers(SparkSession spark, Path folder, List<String> files) {
    String[] paths =
        files.stream().map(name -> new Path(folder, name).toString()).toArray(String[]::new);
    return spark
        .read()
        .schema(ANSWERS)
        .parquet(paths)
        .withColumn(
            "said",
            functions.expr(
                "least(try_cast(`when` as timestamp), _metadata.file_modification_time)"));
  }

  /**
   * Returns a row for each image of which somebody has said something: {@code source}, {@code
   * state}, {@code value}, {@code person}, {@code answers} and {@code keyedBy}, as in {@link
   * Verdict}; among {@code answers} are those that count no more, too, so that who gave one is
   * asked again.
   *
   * @param answers as {@link #answers} returns them, and whether each {@code counts}
   * @param audits readings of the audit, with {@code source} and {@code read}
   */
  public static Dataset<Row> of(Dataset<Row> answers, Rule rule, Dataset<Row> audits) {
    Column answer = functions.struct("value", "who", "when", "blind", "counts");
    return answers
        .sparkSession()
        .createDataFrame(
            answers
                .groupBy("source")
                .agg(functions.collect_list(answer))
                .join(
                    functions.broadcast(audits.select("source", "read").dropDuplicates("source")),
                    new String[] {"source"},
                    "left_outer")
                .javaRDD()
                .map(row -> decided(row, rule)),
            SCHEMA);
  }

  private static Row decided(Row row, Rule rule) {
    Set<Answer> all = new HashSet<>();
    List<Answer> counting = new ArrayList<>();
    for (Object one : row.getList(1)) {
      Row said = (Row) one;
      Answer answer =
          new Answer(said.getString(0), said.getString(1), said.getString(2), said.getBoolean(3));
      all.add(answer);
      if (said.getBoolean(4)) {
        counting.add(answer);
      }
    }
    Verdict verdict =
        row.isNullAt(2)
            ? Verdict.of(counting, rule)
            : Verdict.ofAudited(counting, row.getString(2), rule);
    return RowFactory.create(
        row.getString(0),
        verdict.state().name(),
        verdict.value(),
        verdict.person(),
        all.size(),
        verdict.keyedBy().toArray(String[]::new));
  }
}
