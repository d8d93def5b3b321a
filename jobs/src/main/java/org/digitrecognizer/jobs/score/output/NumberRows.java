package org.digitrecognizer.jobs.score.output;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.digitrecognizer.number.FreeNumber;
import org.digitrecognizer.number.NumberReading;
import org.digitrecognizer.reading.NumberPages.FieldDigit;
import org.digitrecognizer.reading.NumberPages.FieldReading;
import org.digitrecognizer.reading.Place;

/** The rows that a form makes: numbers, and their digits with where each stands on the image. */
public final class NumberRows {

  /** The digits of numbers, a row each; box in pixels of the image. */
  public static final MessageType PREDICTIONS =
      MessageTypeParser.parseMessageType(
          """
          message spark_schema {
            optional binary source (STRING);
            optional binary archive (STRING);
            optional int64 ordinal;
            optional binary entry (STRING);
            optional int32 page;
            optional int32 digit;
            optional double confidence;
            optional group probabilities (LIST) {
              repeated group list {
                optional float element;
              }
            }
            optional int32 label;
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
          """);

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
    box(row.addGroup("box"), digit.box());
    return row;
  }

  /** Returns the row of a number. */
  public static Group number(Place place, FieldReading field) {
    NumberReading number = field.number();
    Group row = new SimpleGroup(NUMBERS);
    row.addGroup("sources").addGroup("list").append("element", place.source());
    row.append("archive", place.archive());
    row.append("form", field.form());
    row.append("sheet", field.sheet());
    row.append("field", field.field());
    append(row, "number", number.number());
    row.append("confidence", number.confidence());
    append(row, "second", number.second());
    row.append("secondConfidence", number.secondConfidence());
    row.append("validMass", number.validMass());
    append(row, "unconstrained", number.unconstrained());
    row.append("status", READ);
    Group digits = row.addGroup("digits");
    for (int position = 0; position < field.digits().size(); position++) {
      FieldDigit digit = field.digits().get(position);
      Group element = digits.addGroup("list").addGroup("element");
      element.append("position", position);
      element.append("digit", digit.digit());
      element.append("confidence", digit.confidence());
      box(element.addGroup("box"), digit.box());
    }
    return row;
  }

  private static void append(Group row, String column, String value) {
    if (value != null) {
      row.append(column, value);
    }
  }

  private static void box(Group group, FreeNumber.Box box) {
    group.append("left", box.left());
    group.append("top", box.top());
    group.append("width", box.width());
    group.append("height", box.height());
  }
}
