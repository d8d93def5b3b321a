// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score;

import java.io.IOException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.form.Form;
import org.digitrecognizer.reading.SourceRoot;
import org.digitrecognizer.reading.Truth;
import org.digitrecognizer.reading.labels.LabelFile;
import org.digitrecognizer.reading.labels.LabelPattern;
import org.digitrecognizer.reading.labels.LabelTable;

/** Makes out what is known of the truth, and how much of it was of use. */
public final class Truths implements AutoCloseable {

  private final Truth truth;
  private final LabelTable table;

  /** The table on executors; null if there is none. */
  private final Broadcast<LabelTable> shared;

  private Truths(Truth truth, LabelTable table, Broadcast<LabelTable> shared) {
    this.truth = truth;
    this.table = table;
    this.shared = shared;
  }

  /**
   * Reads the labels, if there are any.
   *
   * @param form what an image holds; null where it is one digit
   * @throws UserException if they are none
   */
  static Truths open(
      ScoreOptions options, Form form, Configuration configuration, JavaSparkContext context)
      throws IOException {
    if (options.labelPattern() != null) {
      SourceRoot root = SourceRoot.of(options.archives(), configuration);
      return new Truths(new LabelPattern(options.labelPattern(), root), null, null);
    }
    if (options.labels() == null) {
      return new Truths(Truth.UNKNOWN, null, null);
    }
    LabelTable table = table(options, form, configuration);
    Broadcast<LabelTable> shared = context.broadcast(table);
    return new Truths(new SharedTruth(shared), table, shared);
  }

  private static LabelTable table(ScoreOptions options, Form form, Configuration configuration)
      throws IOException {
    if (form == null) {
      return LabelFile.read(options.labels(), configuration);
    }
    return form.fields().size() == 1
        ? LabelFile.readNumbers(options.labels(), configuration)
        : LabelFile.readFields(options.labels(), configuration);
  }

  /** The table where it is on an executor. */
  private record SharedTruth(Broadcast<LabelTable> table) implements Truth {

    @Override
    public OptionalInt of(String source, String entry) {
      return table.value().of(source, entry);
    }

    @Override
    public Optional<String> number(String source, String sheet) {
      return table.value().number(source, sheet);
    }

    @Override
    public Optional<String> number(String source, String sheet, String field) {
      return table.value().number(source, sheet, field);
    }
  }

  /** Returns what tells the truth on executors. */
  public Truth truth() {
    return truth;
  }

  /** Returns how many labels there are, in a file; 0 without one. */
  public long labels() {
    return table == null ? 0 : table.size();
  }

  /**
   * Counts the labels of a file that match nothing that was ever found.
   *
   * @param rows of predictions and rejects, with a column source, entry and keyed; asked for only
   *     if there are labels, since Spark lists all folders for them
   */
  public long unmatched(Supplier<Dataset<Row>> rows) {
    if (table == null) {
      return 0;
    }
    LabelTable labels = table;
    BitSet matched = new BitSet(labels.size());
    rows.get()
        .select(labels.column())
        .toJavaRDD()
        .mapPartitions(names -> List.of(matched(names, labels)).iterator())
        .collect()
        .forEach(matched::or);
    return (long) labels.size() - matched.cardinality();
  }

  private static BitSet matched(Iterator<Row> names, LabelTable labels) {
    BitSet matched = new BitSet(labels.size());
    while (names.hasNext()) {
      Row name = names.next();
      int index = name.isNullAt(0) ? -1 : labels.indexOf(name.getString(0));
      if (index >= 0) {
        matched.set(index);
      }
    }
    return matched;
  }

  @Override
  public void close() {
    if (shared != null) {
      shared.destroy();
    }
  }
}
