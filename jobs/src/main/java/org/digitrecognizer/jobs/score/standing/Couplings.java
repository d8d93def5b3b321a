// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.standing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.form.Field;
import org.digitrecognizer.form.Form;
import org.digitrecognizer.form.Form.ImageKind;
import org.digitrecognizer.form.Totals;

/**
 * The rules of a form that couple numbers: a number that is there at most once among an archive's
 * sheets, and totals. They are checked on what stands: a number that a person is asked about anyway
 * takes part when it is keyed.
 */
public final class Couplings {

  /** For a form without such rules. */
  private static final Couplings NONE = new Couplings(List.of(), null, null);

  private static final StructType CONFLICTS =
      StructType.fromDDL(
          "source string, batch int, chunk int, by string, conflict string, first int");

  private static final String BY_HOW_MANY =
      "concat(field, ' ', value, case keyed when 0 then ' was read on ' when sheets"
          + " then ' was keyed on ' else ' was read or keyed on ' end, sheets, ' sheets')";

  private final List<String> once;

  /** Null for none. */
  private final Totals totals;

  /** The field of a number that is an image, which a reject does not name; null for cells. */
  private final String onlyField;

  private Couplings(List<String> once, Totals totals, String onlyField) {
    this.once = once;
    this.totals = totals;
    this.onlyField = onlyField;
  }

  /**
   * Returns those of a form.
   *
   * @param form null for none
   */
  public static Couplings of(Form form) {
    if (form == null || form.coupled().isEmpty()) {
      return NONE;
    }
    Totals totals = new Totals(form);
    return new Couplings(
        form.fields().stream().filter(Field::once).map(Field::name).toList(),
        totals.fields().isEmpty() ? null : totals,
        form.image() == ImageKind.CELLS ? null : form.fields().get(0).name());
  }

  /** Whether no rule couples numbers. */
  public boolean areNone() {
    return once.isEmpty() && totals == null;
  }

  /** Returns the archive of a row; all loose files below the archives' folder count as one. */
  private Column archive() {
    return onlyField == null
        ? functions.col("archive")
        : functions.expr("if(startswith(source, concat(archive, '!/')), archive, '')");
  }

  /**
   * Whether a row is of loose files, which alone grow from night to night: of those that lie below
   * the folder of this night, and below that of any other.
   */
  Column isLoose() {
    return field().isNotNull().and(functions.expr("not startswith(image, concat(archive, '!/'))"));
  }

  /** Returns the field of a row; null of a cell that is in no number. */
  private Column field() {
    return functions.coalesce(functions.col("field"), functions.lit(onlyField).cast("string"));
  }

  /**
   * Returns the numbers that break a rule together: {@code source}, {@code batch}, {@code chunk},
   * {@code by}, {@code conflict}, a sentence for each rule, and {@code first}, of how many
   * conflicts it is the first, so that these can be added up.
   *
   * @param rows as {@link StandingRows#of} returns them, of whole archives
   */
  Dataset<Row> conflicts(Dataset<Row> rows) {
    Dataset<Row> standing =
        rows.withColumn("field", field())
            .where("field is not null and by <> 'open' and value rlike '^[0-9]+$'")
            .withColumn("within", archive());
    Dataset<Row> broken = rows.sparkSession().createDataFrame(List.<Row>of(), CONFLICTS);
    if (!once.isEmpty()) {
      broken = broken.unionByName(twice(standing));
    }
    if (totals != null) {
      broken = broken.unionByName(wrongTotals(standing));
    }
    return broken
        .groupBy("source", "batch", "chunk", "by")
        .agg(
            functions.expr("concat_ws('; ', sort_array(collect_set(conflict)))").as("conflict"),
            functions.expr("sum(first)").as("first"));
  }

  private Dataset<Row> twice(Dataset<Row> standing) {
    WindowSpec same = Window.partitionBy("within", "field", "value");
    return standing
        .where(functions.col("field").isin(once.toArray()))
        .select("source", "batch", "chunk", "by", "within", "field", "value")
        .withColumn("sheets", functions.count("source").over(same))
        .withColumn("keyed", functions.expr("if(by = 'person', 1L, 0L)"))
        .withColumn("keyed", functions.sum("keyed").over(same))
        .withColumn("place", functions.row_number().over(same.orderBy("source")))
        .where("sheets > 1")
        .selectExpr(
            "source",
            "batch",
            "chunk",
            "by",
            BY_HOW_MANY + " as conflict",
            "if(place = 1, 1, 0) as first");
  }

  private Dataset<Row> wrongTotals(Dataset<Row> standing) {
    Totals checked = totals;
    return standing
        .sparkSession()
        .createDataFrame(
            standing
                .where(functions.col("field").isin(totals.fields().toArray()))
                .groupBy("within", "sheet")
                .agg(
                    functions.collect_list(
                        functions.struct("field", "value", "by", "source", "batch", "chunk")))
                .javaRDD()
                .flatMap(sheet -> broken(sheet.getList(2), checked)),
            CONFLICTS);
  }

  private static Iterator<Row> broken(List<Row> sheet, Totals totals) {
    Map<String, Totals.Value> values = new HashMap<>();
    Map<String, Row> numbers = new HashMap<>();
    for (Row number : sheet) {
      String field = number.getAs("field");
      boolean keyed = number.getAs("by").equals("person");
      values.put(field, new Totals.Value(number.getAs("value"), keyed));
      numbers.put(field, number);
    }
    List<Row> rows = new ArrayList<>();
    for (Totals.Broken total : totals.broken(values)) {
      for (String field : total.fields()) {
        Row number = numbers.get(field);
        int first = total.fields().indexOf(field) == 0 ? 1 : 0;
        rows.add(
            RowFactory.create(
                number.getAs("source"),
                number.getAs("batch"),
                number.getAs("chunk"),
                number.getAs("by"),
                total.reason(),
                first));
      }
    }
    return rows.iterator();
  }
}
