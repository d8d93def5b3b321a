// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.correct;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.digitrecognizer.failure.UserException;
import org.digitrecognizer.review.Answer;
import org.digitrecognizer.review.CorrectionsFile;
import org.digitrecognizer.review.SourceHash;

/** Takes answers of people into an output: those of images that it has, and each of them once. */
public final class Corrector {

  private final SparkSession spark;
  private final Configuration configuration;
  private final FileSystem fs;
  private final Path output;
  private final CorrectionStore store;

  /** Null where the answers are digits. */
  private final NumberAnswers numbers;

  /**
   * What came of a file.
   *
   * @param answers that are in it and make sense
   * @param added how many of them were not known before
   * @param refused what is said of lines that were left out
   */
  public record Result(Path file, long answers, long added, List<String> refused) {}

  private Corrector(SparkSession spark, Path output, Path form) throws IOException {
    this.spark = spark;
    this.configuration = spark.sessionState().newHadoopConf();
    this.fs = output.getFileSystem(configuration);
    this.output = fs.makeQualified(output);
    this.store = new CorrectionStore(spark, fs, this.output);
    requireOutput();
    this.numbers = NumberAnswers.of(spark, fs, this.output, form);
  }

  /**
   * Takes files in, one after the other.
   *
   * @param form that the output was scored with; null if there was none
   * @param person who has answered, where a line does not say
   * @throws UserException if the output is none, or a file is none or is of another output
   */
  public static List<Result> run(
      SparkSession spark, Path output, Path form, List<Path> files, String person)
      throws IOException {
    Corrector corrector = new Corrector(spark, output, form);
    boolean numbers = corrector.numbers != null;
    List<CorrectionsFile.Content> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(CorrectionsFile.read(file, corrector.configuration, person, numbers));
    }
    Map<String, Row> images = corrector.images(ids(contents));
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      results.add(corrector.take(files.get(i), contents.get(i), images));
    }
    return results;
  }

  private void requireOutput() throws IOException {
    if (!fs.exists(new Path(output, "predictions")) || !fs.exists(new Path(output, "rejected"))) {
      throw new UserException(
          output
              + " is no output of score: it has no predictions/ and rejected/; name the folder"
              + " that was given to score as --output");
    }
  }

  private static Set<String> ids(List<CorrectionsFile.Content> contents) {
    Set<String> ids = new HashSet<>();
    contents.forEach(content -> content.lines().forEach(line -> ids.add(line.id())));
    return ids;
  }

  /**
   * Returns the first columns of {@link Corrections#COLUMNS} of what the output has, by its short
   * names.
   */
  private Map<String, Row> images(Set<String> ids) {
    Map<String, Row> images = new HashMap<>();
    if (ids.isEmpty()) {
      return images;
    }
    Broadcast<Set<String>> wanted =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(ids);
    try {
      (numbers == null ? places("predictions") : numbers.read())
          .union(numbers == null ? places("rejected") : numbers.rejected())
          .filter((FilterFunction<Row>) row -> wanted.value().contains(id(row)))
          .distinct()
          .collectAsList()
          .forEach(row -> images.put(id(row), row));
    } finally {
      wanted.destroy();
    }
    return images;
  }

  private static String id(Row place) {
    return SourceHash.id(place.getString(0));
  }

  private Dataset<Row> places(String kind) {
    return spark
        .read()
        .parquet(new Path(output, kind).toString())
        .selectExpr("source", "archive", "null as form", "null as sheet", "null as field");
  }

  private Result take(Path file, CorrectionsFile.Content content, Map<String, Row> images)
      throws IOException {
    List<String> refused = new ArrayList<>(content.refused());
    List<Row> rows = new ArrayList<>();
    for (CorrectionsFile.Line line : content.lines()) {
      Row image = images.get(line.id());
      if (image == null) {
        refused.add(
            String.format(
                "%s, line %d: no image of this output is called '%s'",
                file, line.number(), line.id()));
        continue;
      }
      if (numbers != null && image.isNullAt(4)) {
        refused.add(
            String.format(
                "%s, line %d: a cell is not keyed by itself; key its number, as review.csv has it",
                file, line.number()));
        continue;
      }
      if (numbers != null && numbers.mayMeanAnother(image.getString(4), line.written())) {
        refused.add(
            String.format(
                "%s, line %d: '%s' has a point or comma; key digits only, all of them, as 12050 for"
                    + " 120.50",
                file, line.number(), line.written()));
        continue;
      }
      Optional<String> value =
          numbers == null
              ? Optional.of(line.answer().value())
              : numbers.allowed(image.getString(3), image.getString(4), line.answer().value());
      if (value.isPresent()) {
        rows.add(row(image, line, value.get()));
      } else {
        refused.add(
            String.format(
                "%s, line %d: the form's rule does not allow '%s'",
                file, line.number(), line.answer().value()));
      }
    }
    boolean ofThisOutput = content.lines().stream().anyMatch(line -> images.containsKey(line.id()));
    if (!ofThisOutput && !content.lines().isEmpty()) {
      throw new UserException(
          String.format(
              "%s has %,d answers, and none of them is of an image in %s; it was saved at the desk"
                  + " of another output",
              file, content.lines().size(), output));
    }
    return new Result(file, rows.size(), store.add(rows), refused);
  }

  private static Row row(Row image, CorrectionsFile.Line line, String value) {
    Answer answer = line.answer();
    return RowFactory.create(
        image.getString(0),
        image.getString(1),
        image.getString(2),
        image.getString(3),
        image.getString(4),
        value,
        answer.who(),
        answer.when(),
        line.seconds(),
        answer.blind());
  }
}
