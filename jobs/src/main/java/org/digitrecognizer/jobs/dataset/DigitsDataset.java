// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.dataset;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.LabelledDigit;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.jobs.launch.cli.ErrorLine;
import org.digitrecognizer.jobs.launch.spark.SparkPaths;
import scala.Tuple2;

/**
 * A digits dataset to read. Only the files that its description lists are read: the same ones as
 * with {@code spark.read().parquet(directory)}, unless a writer is at work on it or died.
 */
public final class DigitsDataset {

  /** The split to train and validate on. */
  public static final String TRAIN = "train";

  /** The split to test on. */
  public static final String TEST = "test";

  /** How closely to look at a dataset before it is used. */
  public enum Check {
    /** That it is one and its files are there. */
    FILES,
    /** Also that the rows are as many as its description says, which reads all labels. */
    COUNTS
  }

  private final SparkSession spark;
  private final Path directory;
  private final DatasetDescription description;

  DigitsDataset(SparkSession spark, Path directory, DatasetDescription description) {
    this.spark = spark;
    this.directory = directory;
    this.description = description;
  }

  /**
   * Opens a dataset and checks it, counts included.
   *
   * @param directory any Hadoop URI
   * @throws UserException if it is missing, no digits dataset, half written, damaged or empty
   */
  public static DigitsDataset open(SparkSession spark, String directory) throws IOException {
    return open(spark, directory, Check.COUNTS);
  }

  /** Opens a dataset likewise, and checks as much as is asked for. */
  public static DigitsDataset open(SparkSession spark, String directory, Check check)
      throws IOException {
    Path path = new Path(directory);
    FileSystem fs = path.getFileSystem(spark.sessionState().newHadoopConf());
    DatasetStore store = new DatasetStore(fs, path);
    DigitsDataset dataset = new DigitsDataset(spark, path, describe(fs, path, store));
    dataset.requireFiles(store);
    dataset.requireSchema();
    if (check == Check.COUNTS) {
      dataset.requireCounts();
    }
    return dataset;
  }

  private static DatasetDescription describe(FileSystem fs, Path path, DatasetStore store)
      throws IOException {
    if (!fs.exists(path)) {
      throw new UserException(
          path + " does not exist; expected a digits dataset as 'digits ingest' writes it");
    }
    if (!fs.getFileStatus(path).isDirectory()) {
      throw new UserException(path + " is a file; expected the directory of a digits dataset");
    }
    DatasetDescription description =
        store.read().orElseThrow(() -> new UserException(path + whyNoDataset(store)));
    if (description.rows() == 0) {
      throw new UserException(path + " is a digits dataset without digits");
    }
    return description;
  }

  private static String whyNoDataset(DatasetStore store) {
    try {
      if (store.holds(DatasetStore.UNFINISHED)) {
        return " is a digits dataset that was never finished; run 'digits ingest --overwrite'"
            + " again";
      }
      for (String name : List.of(DatasetStore.DESCRIPTION, DatasetStore.FORMER_DESCRIPTION)) {
        if (store.holds(name)) {
          return "/"
              + name
              + " is damaged or does not describe a digits dataset; run 'digits ingest' again";
        }
      }
    } catch (IOException e) {
      return " cannot be read: " + e.getMessage();
    }
    return " is no digits dataset: it holds no _dataset.json; 'digits ingest' makes one";
  }

  private void requireFiles(DatasetStore store) throws IOException {
    List<String> missing = new ArrayList<>(description.files());
    missing.removeAll(store.parquetFiles());
    if (!missing.isEmpty()) {
      throw damaged(
          String.format(
              "%d of its %d files are missing, %s first",
              missing.size(), description.files().size(), missing.get(0)),
          null);
    }
  }

  private void requireSchema() {
    StructType found = attempt(() -> reader().parquet(paths(description.files())).schema());
    if (!columns(found).equals(columns(DigitsSchema.SCHEMA))) {
      throw damaged(
          "expected columns " + columns(DigitsSchema.SCHEMA) + ", found " + columns(found), null);
    }
  }

  private static List<String> columns(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> field.name() + " " + field.dataType().simpleString())
        .toList();
  }

  private void requireCounts() {
    Map<String, SplitCounts> found = counts();
    if (!found.equals(description.splits())) {
      throw damaged(
          "its description promises " + description.splits() + ", its files hold " + found, null);
    }
  }

  /** Counts what the files hold. */
  Map<String, SplitCounts> counts() {
    List<Row> groups =
        attempt(
            () ->
                rows(description.files())
                    .groupBy(DigitsSchema.SPLIT, DigitsSchema.LABEL)
                    .count()
                    .collectAsList());
    Map<String, long[]> classes = new HashMap<>();
    for (Row group : groups) {
      long[] counts =
          classes.computeIfAbsent(group.getString(0), split -> new long[DigitImage.CLASSES + 1]);
      counts[group.isNullAt(1) ? DigitImage.CLASSES : label(group.getInt(1))] += group.getLong(2);
    }
    Map<String, SplitCounts> splits = new HashMap<>();
    classes.forEach((split, counts) -> splits.put(split, splitCounts(counts)));
    return splits;
  }

  private static SplitCounts splitCounts(long[] counts) {
    return new SplitCounts(
        Arrays.stream(counts).sum(),
        Arrays.stream(counts, 0, DigitImage.CLASSES).boxed().toList(),
        counts[DigitImage.CLASSES]);
  }

  private int label(int label) {
    if (label < 0 || label >= DigitImage.CLASSES) {
      throw damaged("expected labels from 0 to 9, found " + label, null);
    }
    return label;
  }

  /** Returns what {@code _dataset.json} says. */
  public DatasetDescription description() {
    return description;
  }

  /** Returns how many digits a split has. */
  public long count(String split) {
    return counts(split).rows();
  }

  /**
   * Returns the counts of a split.
   *
   * @throws UserException if there is no such split
   */
  public SplitCounts counts(String split) {
    SplitCounts counts = description.splits().get(split);
    if (counts == null) {
      throw new UserException(
          String.format(
              "%s has no split '%s'; it has %s",
              directory, split, String.join(", ", description.splits().keySet())));
    }
    return counts;
  }

  /** Returns all rows: the columns of {@link DigitsSchema}. */
  public Dataset<Row> rows() {
    return rows(description.files());
  }

  /**
   * Returns the rows of a split: the columns of {@link DigitsSchema}.
   *
   * @throws UserException if there is no such split
   */
  public Dataset<Row> rows(String split) {
    counts(split);
    String prefix = DatasetStore.SPLIT + split + "/";
    return rows(description.files().stream().filter(file -> file.startsWith(prefix)).toList());
  }

  /**
   * Returns the digits of a split whose label is known, by their ids.
   *
   * @throws UserException if there is no such split; from a task, if a row is no digit
   */
  public JavaPairRDD<Long, LabelledDigit> labelled(String split) {
    String name = directory.toString();
    return rows(split)
        .select(DigitsSchema.ID, DigitsSchema.LABEL, DigitsSchema.PIXELS)
        .where(col(DigitsSchema.LABEL).isNotNull())
        .javaRDD()
        .mapToPair(row -> new Tuple2<>(row.getLong(0), digit(row, name)));
  }

  private static LabelledDigit digit(Row row, String directory) {
    try {
      return new LabelledDigit(DigitImage.of(row.getAs(2)), row.getInt(1));
    } catch (IllegalArgumentException e) {
      throw new UserException(directory + " holds a row that is no digit: " + e.getMessage(), e);
    }
  }

  private Dataset<Row> rows(List<String> files) {
    return reader().schema(DigitsSchema.SCHEMA).parquet(paths(files));
  }

  private DataFrameReader reader() {
    return spark.read().option("basePath", directory.toString());
  }

  private String[] paths(List<String> files) {
    return files.stream()
        .map(file -> SparkPaths.literal(new Path(directory, file).toString()))
        .toArray(String[]::new);
  }

  // Spark throws checked exceptions that it does not declare.
  private <T> T attempt(Supplier<T> read) {
    try {
      return read.get();
    } catch (UserException e) {
      throw e;
    } catch (Exception e) {
      if (ErrorLine.isOfStorage(e)) {
        throw e;
      }
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
      throw damaged("reading it failed with " + message, e);
    }
  }

  private UserException damaged(String how, Exception cause) {
    return new UserException(
        directory + " is damaged: " + how + "; run 'digits ingest --overwrite' again", cause);
  }
}
