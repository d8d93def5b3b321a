// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.jobs.score.output;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * What was drawn, once and for all, of the readings that a run let stand without a person.
 *
 * @param run its number
 * @param targetError the error rate that they may have, 0..1
 * @param threshold of the run: they are at least so sure; above 1 where nothing stands
 * @param accepted how many stand
 * @param asked how many were to be drawn
 * @param seed of the lots by which they were drawn
 * @param drawn the file of those that were, in the layout's audit folder; null if there are none
 * @param archives that the run read
 * @param archivesSha256 of their list, in hexadecimal: a line each, {@code path TAB bytes TAB
 *     milliseconds since 1970 when it was changed}, sorted
 */
public record Audit(
    long run,
    double targetError,
    double threshold,
    long accepted,
    int asked,
    String seed,
    CommitRecord.Part drawn,
    long archives,
    String archivesSha256) {

  /**
   * The columns of the file; batch is that in which it was read. What was read is a digit or, under
   * a form, a number; the other is null.
   */
  public static final MessageType ROWS =
      MessageTypeParser.parseMessageType(
          """
          message spark_schema {
            optional int64 run;
            optional int64 batch;
            optional binary source (STRING);
            optional binary archive (STRING);
            optional int32 digit;
            optional binary number (STRING);
          }
          """);
}
