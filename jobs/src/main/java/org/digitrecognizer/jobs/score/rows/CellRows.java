// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.rows;

import java.util.List;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.digitrecognizer.digit.GreyImage;
import org.digitrecognizer.digit.Png;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.form.CellName;
import org.digitrecognizer.number.FreeNumber.Box;
import org.digitrecognizer.number.NumberReading;
import org.digitrecognizer.reading.CellPlaces;
import org.digitrecognizer.reading.NumberOfCells;
import org.digitrecognizer.reading.Place;

/**
 * The rows of a form whose images are cells: those of the cells, and of the numbers that they make.
 */
public final class CellRows {

  /** Rejects; sheet, field and position are null of what is no cell of the form. */
  public static final MessageType REJECTED =
      OutputRows.REJECTED.union(
          MessageTypeParser.parseMessageType(
              """
              message spark_schema {
                optional binary sheet (STRING);
                optional binary field (STRING);
                optional int32 position;
              }
              """));

  private static final List<String> REJECT_TEXTS =
      List.of("source", "archive", "entry", "reason", "detail", "sheet", "field");

  private CellRows() {}

  /**
   * A number that was put together.
   *
   * @param archive that its cells lie in
   * @param sources of the cells
   * @param result what was read
   */
  public record Assembled(
      String archive,
      String form,
      String sheet,
      String field,
      List<String> sources,
      NumberOfCells.Result result) {

    /** Returns what it is called. */
    public String name() {
      return CellPlaces.numberName(archive, sheet, field);
    }
  }

  /**
   * A cell on the picture of a number.
   *
   * @param position as its name says
   * @param digit that it was read as; null if it was rejected
   * @param box around it, in pixels of the picture
   */
  public record Shown(int position, NumberOfCells.Digit digit, Box box) {}

  /** Returns the row of a cell that was read; the image is its box. */
  public static Group prediction(Place place, CellName cell, Reading reading) {
    Group row = OutputRows.placed(NumberRows.PREDICTIONS, place);
    row.append("digit", reading.digit());
    row.append("confidence", reading.confidence());
    Group probabilities = row.addGroup("probabilities");
    for (float probability : reading.probabilities()) {
      probabilities.addGroup("list").append("element", probability);
    }
    return named(row, cell).append("position", cell.position());
  }

  /** Returns the row of an image that was rejected. */
  public static Group rejected(Place place, Rejection rejection, Optional<CellName> cell) {
    Group row = OutputRows.rejected(REJECTED, place, rejection);
    cell.ifPresent(one -> named(row, one).append("position", one.position()));
    return row;
  }

  /** Returns the row of a cell's picture, which lies there until its number is put together. */
  public static Group picture(Place place, CellName cell, GreyImage scan) {
    Group row = named(OutputRows.placed(NumberRows.PICTURES, place), cell);
    return row.append("picture", png(scan));
  }

  /** Returns the row of the picture of an image that was rejected. */
  public static Group picture(
      Place place, Rejection rejection, Optional<CellName> cell, GreyImage scan) {
    Group row = OutputRows.rejected(NumberRows.PICTURES, place, rejection);
    cell.ifPresent(one -> named(row, one));
    return row.append("picture", png(scan));
  }

  /**
   * Returns the row of a reject's picture, as a chunk has it.
   *
   * @param picture row of the chunk's pictures
   */
  public static Group rejectPicture(Row picture) {
    Group row = new SimpleGroup(NumberRows.PICTURES);
    for (String column : REJECT_TEXTS) {
      String text = picture.getAs(column);
      if (text != null) {
        row.append(column, text);
      }
    }
    row.append("ordinal", picture.<Long>getAs("ordinal"));
    row.append("page", picture.<Integer>getAs("page"));
    return row.append("picture", Binary.fromConstantByteArray(picture.getAs("picture")));
  }

  private static Group named(Group row, CellName cell) {
    return row.append("sheet", cell.sheet()).append("field", cell.field());
  }

  private static Binary png(GreyImage image) {
    return Binary.fromConstantByteArray(Png.encode(image));
  }

  /** Returns the row of a number. */
  public static Group number(Assembled number, Optional<String> label) {
    Group row = new SimpleGroup(NumberRows.NUMBERS);
    Group sources = row.addGroup("sources");
    number.sources.forEach(source -> sources.addGroup("list").append("element", source));
    row.append(NumberRows.SOURCE, number.name());
    row.append("archive", number.archive);
    row.append("form", number.form);
    row.append("sheet", number.sheet);
    row.append("field", number.field);
    NumberRows.reading(row, number.result.number());
    row.append("validMass", number.result.number().validMass());
    row.append("status", number.result.status().name());
    Group digits = row.addGroup("digits");
    for (NumberOfCells.Digit digit : number.result.digits()) {
      digit(digits.addGroup("list").addGroup("element"), digit);
    }
    label.ifPresent(truth -> row.append("label", truth));
    return row;
  }

  private static void digit(Group element, NumberOfCells.Digit digit) {
    element.append("position", digit.position());
    element.append("digit", digit.digit());
    element.append("confidence", digit.confidence());
  }

  /**
   * Returns the row of a number's picture.
   *
   * @param picture its cells side by side
   * @param cells all that stand on it
   */
  public static Group picture(
      Assembled number, Optional<String> label, GreyImage picture, List<Shown> cells) {
    NumberReading read = number.result.number();
    Group row = new SimpleGroup(NumberRows.PICTURES);
    row.append("source", number.name());
    row.append("archive", number.archive);
    row.append("sheet", number.sheet);
    row.append("field", number.field);
    NumberRows.reading(row, read);
    row.append("status", number.result.status().name());
    label.ifPresent(truth -> row.append("trueNumber", truth));
    Group digits = row.addGroup("digits");
    for (Shown cell : cells) {
      Group element = digits.addGroup("list").addGroup("element");
      if (cell.digit == null) {
        element.append("position", cell.position);
      } else {
        digit(element, cell.digit);
      }
      NumberRows.box(element.addGroup("box"), cell.box, 1);
    }
    return row.append("picture", png(picture));
  }
}
