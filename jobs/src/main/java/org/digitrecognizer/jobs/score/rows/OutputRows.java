// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.rows;

import java.util.OptionalInt;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.digitrecognizer.digit.DigitImage;
import org.digitrecognizer.digit.Reading;
import org.digitrecognizer.digit.Rejection;
import org.digitrecognizer.digit.Rejection.Reason;
import org.digitrecognizer.reading.Place;

/** The rows of predictions and rejects in Parquet, as Spark would lay them out. */
public final class OutputRows {

  /** probabilities: ten, of the digits 0 to 9; label: null where the truth is not known. */
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
          }
          """);

  public static final MessageType REJECTED =
      MessageTypeParser.parseMessageType(
          """
          message spark_schema {
            optional binary source (STRING);
            optional binary archive (STRING);
            optional int64 ordinal;
            optional binary entry (STRING);
            optional int32 page;
            optional binary reason (STRING);
            optional binary detail (STRING);
          }
          """);

  /**
   * What a person may have to look at; sure where that is only for the audit. digit, confidence,
   * probabilities, label and pixels (28×28, as the network saw it) are those of a reading; reason
   * and detail those of a reject; picture is a grey PNG of the scan.
   */
  public static final MessageType PICTURES =
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
            optional binary pixels;
            optional binary reason (STRING);
            optional binary detail (STRING);
            optional binary picture;
            optional boolean sure;
          }
          """);

  static final String ARCHIVE = "archive";
  private static final String REASON = "reason";

  private OutputRows() {}

  /** Whether a row is a reject that another attempt may read. */
  public static boolean mayPass(Group row) {
    return row.getType().containsField(REASON)
        && row.getFieldRepetitionCount(REASON) > 0
        && Reason.valueOf(row.getString(REASON, 0)).mayPass();
  }

  public static Group prediction(Place place, Reading reading, OptionalInt label) {
    return read(PREDICTIONS, place, reading, label);
  }

  /**
   * Returns the row of a reading's picture.
   *
   * @param picture a grey PNG of the scan
   */
  public static Group picture(
      Place place, Reading reading, OptionalInt label, DigitImage image, byte[] picture) {
    return read(PICTURES, place, reading, label)
        .append("pixels", Binary.fromConstantByteArray(image.pixels()))
        .append("picture", Binary.fromConstantByteArray(picture));
  }

  /**
   * Returns the row of a reject's picture.
   *
   * @param picture a grey PNG of the scan
   */
  public static Group picture(Place place, Rejection rejection, byte[] picture) {
    return rejected(PICTURES, place, rejection)
        .append("picture", Binary.fromConstantByteArray(picture));
  }

  private static Group read(MessageType schema, Place place, Reading reading, OptionalInt label) {
    Group row = placed(schema, place);
    row.append("digit", reading.digit());
    row.append("confidence", reading.confidence());
    Group probabilities = row.addGroup("probabilities");
    for (float probability : reading.probabilities()) {
      probabilities.addGroup("list").append("element", probability);
    }
    label.ifPresent(truth -> row.append("label", truth));
    return row;
  }

  public static Group rejected(Place place, Rejection rejection) {
    return rejected(REJECTED, place, rejection);
  }

  static Group rejected(MessageType schema, Place place, Rejection rejection) {
    Group row = placed(schema, place);
    row.append(REASON, rejection.reason().name());
    row.append("detail", rejection.detail());
    return row;
  }

  static Group placed(MessageType schema, Place place) {
    Group row = new SimpleGroup(schema);
    row.append("source", place.source());
    row.append(ARCHIVE, place.archive());
    row.append("ordinal", place.ordinal());
    if (place.entry() != null) {
      row.append("entry", place.entry());
    }
    row.append("page", place.page());
    return row;
  }
}
