// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.standing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * Returns a row for each image of which somebody has said something: {@code source}, {@code
   * state}, {@code value}, {@code person}, {@code answers} and {@code keyedBy}, as in {@link
   * Verdict}.
   *
   * @param files of answers, by name
   * @param audits readings of the audit, with {@code source} and {@code read}
   * @param madeAnew what was read again or put together anew, and the {@code time} of that: an
   *     earlier answer is of another picture and counts no more; null if nothing was
   */
  public static Dataset<Row> of(
      SparkSession spark,
      Path folder,
      List<String> files,
      Rule rule,
      Dataset<Row> audits,
      Dataset<Row> madeAnew) {
    if (files.isEmpty()) {
      return spark.createDataFrame(List.<Row>of(), SCHEMA);
    }
    String[] paths =
        files.stream().map(name -> new Path(folder, name).toString()).toArray(String[]::new);
    Column answer = functions.struct("value", "who", "when", "blind");
    Dataset<Row> answers = spark.read().schema(ANSWERS).parquet(paths);
    return spark.createDataFrame(
        (madeAnew == null ? answers : ofToday(answers, madeAnew))
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

  /** Of answers whose time is not known, as of a filled list, nobody can tell; they count. */
  private static Dataset<Row> ofToday(Dataset<Row> answers, Dataset<Row> madeAnew) {
    Dataset<Row> times =
        madeAnew.join(
            functions.broadcast(answers.select("source").distinct()),
            new String[] {"source"},
            "left_semi");
    return answers
        .join(functions.broadcast(times), new String[] {"source"}, "left_outer")
        .where("coalesce(try_cast(`when` as timestamp) >= try_cast(time as timestamp), true)");
  }

  private static Row decided(Row row, Rule rule) {
    List<Answer> answers = new ArrayList<>();
    for (Object one : row.getList(1)) {
      Row answer = (Row) one;
      answers.add(
          new Answer(
              answer.getString(0), answer.getString(1), answer.getString(2), answer.getBoolean(3)));
    }
    Verdict verdict =
        row.isNullAt(2)
            ? Verdict.of(answers, rule)
            : Verdict.ofAudited(answers, row.getString(2), rule);
    return RowFactory.create(
        row.getString(0),
        verdict.state().name(),
        verdict.value(),
        verdict.person(),
        verdict.answers(),
        verdict.keyedBy().toArray(String[]::new));
  }
}
