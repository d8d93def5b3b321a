// SPDX-License-Identifier: Apache-2.0
package org.digitrecognizer.evaluation.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes rejected.csv, the list of what could not be read: RFC 4180, a header, then a line each,
 * whose last field is empty for a person to fill in. Names are written as {@link ReviewCsv} does.
 */
public final class RejectedCsv implements Closeable {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader(
              "source",
              "archive",
              "ordinal",
              "entry",
              "page",
              "reason",
              "detail",
              "id",
              "corrected")
          .get();

  private final CSVPrinter rows;

  /**
   * Writes the header.
   *
   * @param writer should write UTF-8; closed with this
   */
  public RejectedCsv(Writer writer) throws IOException {
    rows = new CSVPrinter(writer, FORMAT);
  }

  /**
   * Writes a line.
   *
   * @param source where it is
   * @param archive the archive or file it is in
   * @param ordinal the entry's place in the archive, counted from 0
   * @param entry the entry's name; null for a file that is no archive
   * @param page of the entry, counted from 0
   * @param reason why it could not be read
   * @param detail the same in a line that a person understands
   * @param id names the image for whoever takes the list back
   */
  public void write(
      String source,
      String archive,
      long ordinal,
      String entry,
      int page,
      String reason,
      String detail,
      String id)
      throws IOException {
    rows.printRecord(
        ReviewCsv.text(source),
        ReviewCsv.text(archive),
        ordinal,
        ReviewCsv.text(entry),
        page,
        reason,
        ReviewCsv.text(detail),
        id,
        null);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
