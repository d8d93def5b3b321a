// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.report;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Png;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.evaluation.NumberOutcome;
import org.digitrecognizer.evaluation.specimen.NumberSpecimen;
import org.digitrecognizer.evaluation.specimen.RejectSamples;
import org.digitrecognizer.evaluation.specimen.TopSpecimens;
import org.digitrecognizer.evaluation.specimen.TopSpecimens.Ranking;
import org.digitrecognizer.jobs.score.tally.OutputFigures;
import org.digitrecognizer.reading.Truth;

/**
 * Chooses the pictures that a report shows, on executors and in one pass; no more of them are in
 * memory than it shows. No record: Spark may be set to Kryo, which cannot do records.
 */
final class ShownPictures implements Serializable {

  private static final long serialVersionUID = 1L;

  private final TopSpecimens leastCertain =
      new TopSpecimens(Ranking.LEAST_CERTAIN, Pictures.LEAST_CERTAIN);
  private final TopSpecimens mistakes = new TopSpecimens(Ranking.WORST_MISTAKES, Pictures.MISTAKES);
  private final RejectSamples rejects = new RejectSamples(Pictures.REJECTS_A_REASON);

  /**
   * Chooses among the pictures of some chunks.
   *
   * @param rows as {@link #markAudited} returns them, with {@code conflict} of {@link
   *     ReviewQueue#contradicted}
   * @param truth that this run knows; where it knows none, the label in a row stands
   * @param ofNumbers whether they are of numbers of a form, not of digits
   * @param coupled whether rules of the form couple numbers
   */
  static Pictures of(Dataset<Row> rows, Truth truth, boolean ofNumbers, boolean coupled) {
    ShownPictures shown =
        rows.select(
                "source",
                "entry",
                "digit",
                "confidence",
                "probabilities",
                "label",
                "pixels",
                "reason",
                "detail",
                "picture",
                "sure",
                "audited")
            .where(
                // Kept in case the audit draws them, which shows them to nobody else.
                ofNumbers
                    ? "reason is not null"
                    : "reason is not null or digit is not null and sure is null")
            .toJavaRDD()
            .treeAggregate(
                new ShownPictures(), (kept, row) -> kept.add(row, truth), ShownPictures::merge);
    return new Pictures(
        shown.leastCertain.ranked(),
        shown.mistakes.ranked(),
        ofNumbers ? numbers(rows, truth) : List.of(),
        ofNumbers && coupled ? contradicting(rows, truth) : List.of(),
        shown.rejects);
  }

  /**
   * Tells which pictures are of an audit, as {@code audited}. A report shows what was read beside
   * the least certain, and people key the audit blind: what stands by the threshold of the run that
   * read it may be below that of the whole output.
   *
   * @param drawn for audits, with {@code source} and {@code batch}
   */
  static Dataset<Row> markAudited(Dataset<Row> pictures, Dataset<Row> drawn) {
    return pictures.join(
        functions.broadcast(
            drawn.select("source", "batch").withColumn("audited", functions.lit(true))),
        new String[] {"source", "batch"},
        "left_outer");
  }

  private ShownPictures add(Row row, Truth truth) {
    String source = row.getAs("source");
    String reason = row.getAs("reason");
    if (reason == null) {
      DigitImage image = DigitImage.of(row.getAs("pixels"));
      Reading reading = OutputFigures.reading(row);
      OptionalInt known = truth(row, truth);
      if (row.getAs("audited") == null) {
        leastCertain.offer(source, image, reading, known, () -> scan(row));
      }
      // Whoever gives labels knows them.
      mistakes.offer(source, image, reading, known, () -> scan(row));
    } else {
      Rejection rejection = new Rejection(Reason.valueOf(reason), row.getAs("detail"));
      rejects.add(source, rejection, () -> scan(row));
    }
    return this;
  }

  private ShownPictures merge(ShownPictures other) {
    leastCertain.merge(other.leastCertain);
    mistakes.merge(other.mistakes);
    rejects.merge(other.rejects);
    return this;
  }

  private static OptionalInt truth(Row row, Truth truth) {
    OptionalInt known = truth.of(row.getAs("source"), row.<String>getAs("entry"));
    Integer label = row.getAs("label");
    return known.isPresent() || label == null ? known : OptionalInt.of(label);
  }

  private static List<NumberSpecimen> numbers(Dataset<Row> rows, Truth truth) {
    return rows
        .where("field is not null and reason is null and sure is null")
        .where("audited is null and conflict is null")
        .orderBy("confidence", "source")
        .limit(Pictures.LEAST_CERTAIN)
        .collectAsList()
        .stream()
        .map(row -> number(row, truth))
        .toList();
  }

  private static List<NumberSpecimen> contradicting(Dataset<Row> rows, Truth truth) {
    return rows
        .where("field is not null and reason is null and conflict is not null")
        .orderBy("conflict", "archive", "sheet", "field")
        .limit(Pictures.CONTRADICTING)
        .collectAsList()
        .stream()
        .map(row -> number(row, truth))
        .toList();
  }

  private static NumberSpecimen number(Row row, Truth truth) {
    List<NumberSpecimen.Piece> pieces = new ArrayList<>();
    for (Object one : row.getList(row.fieldIndex("digits"))) {
      Row digit = (Row) one;
      Row box = digit.getAs("box");
      if (digit.getAs("digit") == null) {
        // A cell that was rejected.
        continue;
      }
      pieces.add(
          new NumberSpecimen.Piece(
              digit.getAs("digit"),
              digit.getAs("confidence"),
              box.getAs("left"),
              box.getAs("top"),
              box.getAs("width"),
              box.getAs("height")));
    }
    return new NumberSpecimen(
        row.getAs("source"),
        row.getAs("sheet"),
        row.getAs("field"),
        kind(row),
        row.getAs("number"),
        row.getAs("confidence"),
        row.getAs("second"),
        row.getAs("secondConfidence"),
        row.getAs("unconstrained"),
        truth
            .number(row.getAs("source"), row.getAs("sheet"), row.getAs("field"))
            .orElse(row.getAs("trueNumber")),
        row.getAs("conflict"),
        scan(row).orElseThrow(),
        pieces);
  }

  /** Rows of an earlier version have no status: they were read. */
  private static NumberOutcome.Kind kind(Row row) {
    String status = row.getAs("status");
    return status == null ? NumberOutcome.Kind.READ : NumberOutcome.Kind.valueOf(status);
  }

  private static Optional<GreyImage> scan(Row row) {
    try {
      return Optional.of(Png.decode(row.getAs("picture")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
