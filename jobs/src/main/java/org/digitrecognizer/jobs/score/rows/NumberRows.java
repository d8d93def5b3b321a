// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.rows;

import java.util.List;
import java.util.Optional;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.digitrecognizer.digit.Png;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.number.FreeNumber;
import org.digitrecognizer.number.NumberReading;
import org.digitrecognizer.reading.NumberPages.FieldDigit;
import org.digitrecognizer.reading.NumberPages.FieldReading;
import org.digitrecognizer.reading.NumberPages.Picture;
import org.digitrecognizer.reading.Place;

/** The rows that a form makes: numbers, and their digits with where each stands on the image. */
public final class NumberRows {

  /** What a number is called: an image's source or, of cells, archive, sheet and field. */
  static final String SOURCE = "source";

  /** The digits of numbers, a row each; box in pixels of the image. */
  public static final MessageType PREDICTIONS =
      OutputRows.PREDICTIONS.union(
          MessageTypeParser.parseMessageType(
              """
              message spark_schema {
                optional binary sheet (STRING);
                optional binary field (STRING);
                optional int32 position;
                optional group box {
                  optional int32 left;
                  optional int32 top;
                  optional int32 width;
                  optional int32 height;
                }
              }
              """));

  /** Numbers; number and second are null where the rule allows none. */
  public static final MessageType NUMBERS =
      MessageTypeParser.parseMessageType(
          """
          message spark_schema {
            optional group sources (LIST) {
              repeated group list {
                optional binary element (STRING);
              }
            }
            optional binary source (STRING);
            optional binary archive (STRING);
            optional binary form (STRING);
            optional binary sheet (STRING);
            optional binary field (STRING);
            optional binary number (STRING);
            optional double confidence;
            optional binary second (STRING);
            optional double secondConfidence;
            optional double validMass;
            optional binary unconstrained (STRING);
            optional binary status (STRING);
            optional group digits (LIST) {
              repeated group list {
                optional group element {
                  optional int32 position;
                  optional int32 digit;
                  optional double confidence;
                  optional group box {
                    optional int32 left;
                    optional int32 top;
                    optional int32 width;
                    optional int32 height;
                  }
                }
              }
            }
            optional binary label (STRING);
          }
          """);

  /** Pictures of numbers and of rejects; boxes in pixels of the picture, trueNumber the label. */
  public static final MessageType PICTURES =
      OutputRows.PICTURES.union(
          MessageTypeParser.parseMessageType(
              """
              message spark_schema {
                optional binary sheet (STRING);
                optional binary field (STRING);
                optional binary number (STRING);
                optional binary second (STRING);
                optional double secondConfidence;
                optional binary unconstrained (STRING);
                optional binary status (STRING);
                optional binary trueNumber (STRING);
                optional group digits (LIST) {
                  repeated group list {
                    optional group element {
                      optional int32 position;
                      optional int32 digit;
                      optional double confidence;
                      optional group box {
                        optional int32 left;
                        optional int32 top;
                        optional int32 width;
                        optional int32 height;
                      }
                    }
                  }
                }
              }
              """));

  private static final String READ = "READ";

  private NumberRows() {}

  /**
   * Returns the row of a digit.
   *
   * @param position of the digit in the number, from 0
   */
  public static Group digit(Place place, FieldReading field, int position) {
    FieldDigit digit = field.digits().get(position);
    Group row = OutputRows.placed(PREDICTIONS, place);
    row.append("digit", digit.digit());
    row.append("confidence", digit.confidence());
    Group probabilities = row.addGroup("probabilities");
    for (float probability : digit.reading().probabilities()) {
      probabilities.addGroup("list").append("element", probability);
    }
    row.append("sheet", field.sheet());
    row.append("field", field.field());
    row.append("position", position);
    box(row.addGroup("box"), digit.box(), 1);
    return row;
  }

  /** Returns the row of a number. */
  public static Group number(Place place, FieldReading field, Optional<String> label) {
    NumberReading number = field.number();
    Group row = new SimpleGroup(NUMBERS);
    row.addGroup("sources").addGroup("list").append("element", place.source());
    row.append(SOURCE, place.source());
    row.append("archive", place.archive());
    row.append("form", field.form());
    row.append("sheet", field.sheet());
    row.append("field", field.field());
    reading(row, number);
    row.append("validMass", number.validMass());
    row.append("status", READ);
    digits(row, field.digits(), 1);
    label.ifPresent(truth -> row.append("label", truth));
    return row;
  }

  /** Returns the row of a number's picture. */
  public static Group picture(
      Place place, FieldReading field, Optional<String> label, Picture picture) {
    NumberReading number = field.number();
    Group row = OutputRows.placed(PICTURES, place);
    row.append("sheet", field.sheet());
    row.append("field", field.field());
    reading(row, number);
    row.append("status", READ);
    label.ifPresent(truth -> row.append("trueNumber", truth));
    digits(row, field.digits(), picture.scale());
    return row.append("picture", Binary.fromConstantByteArray(Png.encode(picture.image())));
  }

  /**
   * Returns the row of a reject's picture: all rows of a file have the same columns.
   *
   * @param picture a grey PNG of the scan
   */
  public static Group picture(Place place, Rejection rejection, byte[] picture) {
    return OutputRows.rejected(PICTURES, place, rejection)
        .append("picture", Binary.fromConstantByteArray(picture));
  }

  private static void digits(Group row, List<FieldDigit> digits, double scale) {
    Group list = row.addGroup("digits");
    for (int position = 0; position < digits.size(); position++) {
      FieldDigit digit = digits.get(position);
      Group element = list.addGroup("list").addGroup("element");
      element.append("position", position);
      element.append("digit", digit.digit());
      element.append("confidence", digit.confidence());
      box(element.addGroup("box"), digit.box(), scale);
    }
  }

  /** Says what was read as the number. */
  static void reading(Group row, NumberReading number) {
    append(row, "number", number.number());
    row.append("confidence", number.confidence());
    append(row, "second", number.second());
    row.append("secondConfidence", number.secondConfidence());
    append(row, "unconstrained", number.unconstrained());
  }

  private static void append(Group row, String column, String value) {
    if (value != null) {
      row.append(column, value);
    }
  }

  static void box(Group group, FreeNumber.Box box, double scale) {
    group.append("left", (int) (box.left() * scale));
    group.append("top", (int) (box.top() * scale));
    group.append("width", (int) Math.ceil(box.width() * scale));
    group.append("height", (int) Math.ceil(box.height() * scale));
  }
}
