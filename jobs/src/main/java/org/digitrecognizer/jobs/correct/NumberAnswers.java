// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.correct;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.form.Field;
import org.digitrecognizer.form.Form;
import org.digitrecognizer.form.FormFile;
import org.digitrecognizer.number.NumberRule;
import org.digitrecognizer.storage.JsonFile;

/** What answers on an output of numbers may say: what the form's rule allows. */
final class NumberAnswers {

  private final SparkSession spark;
  private final Path output;
  private final Form form;

  /** Of an output's identity what is asked here. */
  private record Identity(String formSha256) {}

  private NumberAnswers(SparkSession spark, Path output, Form form) {
    this.spark = spark;
    this.output = output;
    this.form = form;
  }

  /**
   * Returns them; null where the output is of digits.
   *
   * @param form as the user names it; null if not at all
   * @throws UserException if it is not the form that the output was scored with
   */
  static NumberAnswers of(SparkSession spark, FileSystem fs, Path output, Path form)
      throws IOException {
    Path file = new Path(output, "_score.json");
    String scoredWith =
        JsonFile.readIfWhole(fs, file, Identity.class).map(Identity::formSha256).orElse(null);
    if (form == null && scoredWith == null) {
      return null;
    }
    if (form == null) {
      throw new UserException(
          output
              + " holds numbers of a form; pass that form as --form, so that answers are checked"
              + " against its rule");
    }
    Form read = FormFile.read(form, spark.sessionState().newHadoopConf());
    if (!read.sha256().equals(scoredWith)) {
      throw new UserException(
          form + " is not the form that " + output + " was scored with; pass that one");
    }
    return new NumberAnswers(spark, output, read);
  }

  /**
   * Returns the value as it is kept; empty if the rule does not allow it. A spreadsheet takes
   * leading zeros off: where all numbers have one length they are put back.
   */
  Optional<String> allowed(String sheet, String field, String value) {
    if (!value.matches("\\d+")) {
      return Optional.of(value);
    }
    NumberRule rule = field(field).ruleOf(sheet);
    int digits = rule.leastDigits() == rule.mostDigits() ? rule.mostDigits() : 0;
    String padded = "0".repeat(Math.max(0, digits - value.length())) + value;
    return Optional.of(padded).filter(rule::allows);
  }

  /**
   * Whether a number may be another than is meant: where digits stand behind a point that is not
   * keyed, who writes one may mean it, or a spreadsheet has put it there.
   *
   * @param written what stands for the value
   */
  boolean mayMeanAnother(String field, String written) {
    return field(field).decimals() > 0 && written.matches("\\d+[.,]\\d*");
  }

  /** Returns the keys of all numbers. */
  Dataset<Row> read() {
    Dataset<Row> rows = spark.read().parquet(new Path(output, "numbers").toString());
    // Outputs of an earlier version have no names of numbers, but that of each one's image.
    boolean named = List.of(rows.columns()).contains("source");
    return rows.selectExpr(
        named ? "coalesce(source, sources[0]) as source" : "sources[0] as source",
        "archive",
        "form",
        "sheet",
        "field");
  }

  /**
   * Returns the keys of the images that could not be read as a number; their field is null where
   * they are cells, which are not keyed by themselves.
   */
  Dataset<Row> rejected() {
    boolean cells = form.image() == Form.ImageKind.CELLS;
    return spark
        .read()
        .parquet(new Path(output, "rejected").toString())
        .select(
            functions.col("source"),
            functions.col("archive"),
            functions.lit(form.name()).as("form"),
            functions
                .udf((UDF2<String, String, String>) NumberAnswers::sheet, DataTypes.StringType)
                .apply(functions.col("source"), functions.col("archive"))
                .as("sheet"),
            functions.lit(cells ? null : form.fields().get(0).name()).cast("string").as("field"));
  }

  private Field field(String name) {
    return form.fields().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The form has no field " + name));
  }

  /** The sheet of an image is its name in the archive; of a loose file its own name. */
  private static String sheet(String source, String archive) {
    String behind = source.substring(archive.length());
    return behind.startsWith("!/") ? behind.substring(2) : new Path(archive).getName() + behind;
  }
}
